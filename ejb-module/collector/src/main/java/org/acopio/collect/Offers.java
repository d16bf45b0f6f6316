package org.acopio.collect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.acopio.catalog.Catalog;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Verdict;
import org.acopio.storage.Storage;
import org.acopio.storage.Upload;
import org.acopio.storage.UploadKey;

/** Answers what is to be sent of what an agent has. */
final class Offers {
  private final CollectSettings settings;
  private final Storage storage;
  private final Catalog catalog;
  private final Completions completions;
  private final Doubts doubts;
  private final Chronicle chronicle;
  private final LongSupplier promised;

  /** Bytes of all files that were ever let in here, and of those that {@link #promised} counts. */
  private final AtomicLong admitted = new AtomicLong();

  private final AtomicLong begun = new AtomicLong();

  /**
   * @param promised tells how many bytes of files that were begun have still to arrive, in all
   *     collections
   */
  Offers(
      CollectSettings settings,
      Storage storage,
      Catalog catalog,
      Completions completions,
      Doubts doubts,
      Chronicle chronicle,
      LongSupplier promised) {
    this.settings = settings;
    this.storage = storage;
    this.catalog = catalog;
    this.completions = completions;
    this.doubts = doubts;
    this.chronicle = chronicle;
    this.promised = promised;
  }

  List<Verdict> answer(OpenCollection collection, List<FileOffer> files)
      throws CollectorException, InterruptedException {
    Verdict[] verdicts = new Verdict[files.size()];
    // What is offered anew may give up an upload of the same path.
    doubts.settle();
    Map<FilePath, StoredFile> latest = latest(collection, files);
    Set<Long> damaged = damaged(files, latest);
    Map<Sha256, StoredFile> delivered = delivered(collection, files, latest, damaged);
    Room room = new Room();
    Map<UploadKey, List<Integer>> fresh = new LinkedHashMap<>();
    try {
      for (int i = 0; i < verdicts.length; i++) {
        FileOffer file = files.get(i);
        StoredFile known = latest.get(file.path());
        Optional<Verdict> verdict =
            refusal(collection, file)
                .or(() -> had(collection, file, known, damaged))
                .or(() -> resumed(collection, file, known, room))
                .or(() -> adopted(collection, file, delivered))
                .or(() -> noRoom(collection, file, room, fresh.size()));
        if (verdict.isPresent()) {
          verdicts[i] = verdict.get();
        } else {
          fresh.computeIfAbsent(key(collection, file), key -> new ArrayList<>()).add(i);
        }
      }
      begin(collection, files, fresh, latest, verdicts);
    } finally {
      room.leave();
    }
    return List.of(verdicts);
  }

  private void begin(
      OpenCollection collection,
      List<FileOffer> files,
      Map<UploadKey, List<Integer>> fresh,
      Map<FilePath, StoredFile> latest,
      Verdict[] verdicts) {
    if (fresh.isEmpty()) {
      return;
    }
    for (Upload upload : storage.begin(List.copyOf(fresh.keySet()))) {
      for (int i : fresh.getOrDefault(upload.key(), List.of())) {
        FileOffer file = files.get(i);
        verdicts[i] = send(collection, upload, whole(file), file, latest.get(file.path()));
      }
    }
  }

  private static List<Range> whole(FileOffer file) {
    return file.size() == 0 ? List.of() : List.of(new Range(0, file.size()));
  }

  private Map<FilePath, StoredFile> latest(OpenCollection collection, List<FileOffer> files) {
    Set<FilePath> paths = new HashSet<>();
    files.forEach(file -> paths.add(file.path()));
    return catalog.latest(collection.agent, paths);
  }

  /** Contents that this agent has delivered under other paths: it has proved to possess them. */
  private Map<Sha256, StoredFile> delivered(
      OpenCollection collection,
      List<FileOffer> files,
      Map<FilePath, StoredFile> latest,
      Set<Long> damaged) {
    Set<Sha256> digests = new HashSet<>();
    for (FileOffer file : files) {
      StoredFile known = latest.get(file.path());
      file.digest()
          .filter(
              digest ->
                  known == null
                      || !known.receipt().digest().equals(digest)
                      || damaged.contains(known.receipt().file()))
          .ifPresent(digests::add);
    }
    return digests.isEmpty() ? Map.of() : catalog.delivered(collection.agent, digests);
  }

  /**
   * Those of the files that could be had of which a check found that their bytes are not intact.
   */
  private Set<Long> damaged(List<FileOffer> files, Map<FilePath, StoredFile> latest) {
    Set<Long> candidates = new HashSet<>();
    for (FileOffer file : files) {
      StoredFile known = latest.get(file.path());
      if (known != null && file.digest().filter(known.receipt().digest()::equals).isPresent()) {
        candidates.add(known.receipt().file());
      }
    }
    return catalog.checks().damaged(candidates);
  }

  private Optional<Verdict> refusal(OpenCollection collection, FileOffer file) {
    return file.size() <= settings.maxFileBytes()
        ? Optional.empty()
        : refused(
            collection,
            file,
            new Refused(
                Refused.Reason.TOO_LARGE,
                "the file has "
                    + file.size()
                    + " bytes; this server takes up to "
                    + settings.maxFileBytes()
                    + " (acopio.collect.max-file-bytes)"));
  }

  private Optional<Verdict> had(
      OpenCollection collection,
      FileOffer file,
      @org.jspecify.annotations.Nullable StoredFile known,
      Set<Long> damaged) {
    if (known == null
        || damaged.contains(known.receipt().file())
        || !sameContent(file, known.receipt())) {
      return Optional.empty();
    }
    chronicle.had(collection);
    return Optional.of(new Verdict.Have(known.receipt()));
  }

  /** True when the digests agree and the file is still where it was put. */
  private boolean sameContent(FileOffer file, Receipt receipt) {
    return file.digest().filter(receipt.digest()::equals).isPresent()
        && file.size() == receipt.size()
        && storage.holds(receipt.storedAs(), receipt.size());
  }

  private Optional<Verdict> resumed(
      OpenCollection collection,
      FileOffer file,
      @org.jspecify.annotations.Nullable StoredFile known,
      Room room) {
    return storage
        .find(key(collection, file))
        .map(
            upload -> {
              List<Range> missing = upload.missing();
              boolean counted = collection.open.containsKey(upload.number());
              long needed = counted ? 0 : missing.stream().mapToLong(Range::length).sum();
              return room.take(needed)
                  ? send(collection, upload, missing, file, known)
                  : full(collection, file, needed, room);
            });
  }

  private Optional<Verdict> adopted(
      OpenCollection collection, FileOffer file, Map<Sha256, StoredFile> delivered) {
    return file.digest()
        .map(delivered::get)
        .filter(stored -> sameContent(file, stored.receipt()))
        .flatMap(
            stored ->
                completions
                    .adopt(collection, key(collection, file), stored)
                    .map(
                        receipt -> {
                          chronicle.had(collection);
                          return new Verdict.Have(receipt);
                        }));
  }

  private Optional<Verdict> noRoom(
      OpenCollection collection, FileOffer file, Room room, int beginning) {
    if (collection.open.size() + beginning >= settings.maxOpenFiles()) {
      return Optional.of(
          new Refused(
              Refused.Reason.TOO_MANY_OPEN,
              settings.maxOpenFiles()
                  + " files of this collection are begun without a receipt, the limit"
                  + " (acopio.collect.max-open-files); finish some, then offer this one again"));
    }
    return room.take(file.size())
        ? Optional.empty()
        : Optional.of(full(collection, file, file.size(), room));
  }

  private Verdict full(OpenCollection collection, FileOffer file, long needed, Room room) {
    return chronicle.refused(
        collection,
        file.path(),
        new Refused(
            Refused.Reason.STORE_FULL,
            "the file needs "
                + needed
                + " bytes and the store has "
                + room.left()
                + " left beyond its reserve of "
                + settings.reserveBytes()
                + " (acopio.collect.reserve-bytes) and the files on their way;"
                + " make room on the server, then collect again"));
  }

  private Optional<Verdict> refused(OpenCollection collection, FileOffer file, Refused refusal) {
    return Optional.of(chronicle.refused(collection, file.path(), refusal));
  }

  private Verdict send(
      OpenCollection collection,
      Upload upload,
      List<Range> missing,
      FileOffer file,
      @org.jspecify.annotations.Nullable StoredFile known) {
    chronicle.begun(collection, upload, missing.stream().mapToLong(Range::length).sum());
    boolean knownByDigest =
        file.digest().isEmpty() && known != null && known.receipt().size() == file.size();
    return new Verdict.Send(upload.number(), missing, knownByDigest);
  }

  private static UploadKey key(OpenCollection collection, FileOffer file) {
    return new UploadKey(collection.agentId, file.path(), file.size(), file.modified());
  }

  /**
   * The room for the files of one batch, beside those of other batches that are answered now.
   * Nothing is always to be had.
   */
  private final class Room {
    private final long base;
    private long taken;

    Room() {
      // In this order a file that begins meanwhile counts twice rather than not at all.
      long counted = begun.get();
      base = Math.max(0, storage.free() - settings.reserveBytes()) - promised.getAsLong() + counted;
    }

    long left() {
      return Math.max(0, base - admitted.get());
    }

    boolean take(long bytes) {
      if (bytes > 0 && admitted.addAndGet(bytes) > base) {
        admitted.addAndGet(-bytes);
        return false;
      }
      taken += bytes;
      return true;
    }

    /** What was taken is begun, or will not be. */
    void leave() {
      begun.addAndGet(taken);
    }
  }
}
