package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.acopio.remote.FilePath;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;
import org.acopio.storage.UploadJournal.Entry;

/**
 * Makes complete uploads durable, gives them their final names and takes these back. Thread-safe;
 * places one group at a time. The order of its steps: DESIGN.md, Durable write.
 */
final class Placer {
  private static final Logger LOG = System.getLogger(Placer.class.getName());

  private final PartialFiles files;
  private final Uploads uploads;
  private final UploadJournal journal;
  private final Folders folders;
  private final Syncs syncs;
  private final Disk disk;

  /** Names that could not be taken back yet, and the uploads that they belong to. */
  private final Map<Path, Upload> left = new ConcurrentHashMap<>();

  Placer(PartialFiles files, Uploads uploads, Folders folders, Syncs syncs, Disk disk) {
    this.files = files;
    this.uploads = uploads;
    this.journal = uploads.journal();
    this.folders = folders;
    this.syncs = syncs;
    this.disk = disk;
  }

  /** As {@link Storage#settle} promises. */
  void settle(Collection<Upload> complete) {
    try {
      syncs.each(complete, this::settle);
    } catch (IOException e) {
      throw StorageException.of("a file cannot be made durable", e);
    }
  }

  private void settle(Upload upload) throws IOException {
    if (upload.mayNeedSync() && !upload.over()) {
      if (!upload.shared()) {
        Files.setLastModifiedTime(files.of(upload), FileTime.from(upload.key().modified()));
      }
      try {
        files.on(upload, out -> out.force(true));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        if (!notOpened(e)) {
          uploads.setAside(upload, e);
        }
        throw e;
      }
    }
  }

  /** Nothing was synced, so nothing is doubtful, as when no descriptor is left. */
  private static boolean notOpened(IOException failure) {
    return failure instanceof FileSystemException
        && StorageException.of("", failure).reason() == StorageException.Reason.FAILED;
  }

  /** As {@link Storage#place} promises. */
  synchronized List<Placed> place(List<Placing> placings) {
    uploads.trustJournal();
    try {
      takeBackWhatIsLeft();
    } catch (IOException e) {
      throw StorageException.of("a name cannot be taken back", e);
    }
    Map<Placing, Path> names = new LinkedHashMap<>();
    Map<Placing, StorageException> failures = new HashMap<>();
    Set<Path> touched = Folders.none();
    name(placings, names, failures, touched);
    try {
      List<Entry> intents = new ArrayList<>();
      names.forEach(
          (placing, name) -> {
            String storedAs = folders.storedAs(name);
            placing.upload().placedAs(Optional.of(storedAs));
            intents.add(new Entry.Place(placing.upload().number(), storedAs));
          });
      journal.append(intents);
      journal.force();
      names.forEach(
          (placing, name) -> {
            try {
              enter(placing.upload(), name);
            } catch (IOException e) {
              failures.put(placing, StorageException.of("a file cannot get its name", e));
            }
          });
      sync(touched, names, failures);
    } catch (IOException e) {
      StorageException failure = StorageException.of("names cannot be made durable", e);
      placings.forEach(placing -> failures.putIfAbsent(placing, failure));
    }
    if (!failures.isEmpty()) {
      folders.forget();
      undo(failures.keySet().stream().map(Placing::upload).toList());
    }
    return placings.stream()
        .map(
            placing ->
                new Placed(
                    placing.upload(),
                    placing.upload().placedAs(),
                    Optional.ofNullable(failures.get(placing))))
        .toList();
  }

  /** After a failed sync nothing of the group can be trusted, and none of it is tried again. */
  private void sync(
      Set<Path> touched, Map<Placing, Path> names, Map<Placing, StorageException> failures) {
    try {
      syncs.each(touched, disk::sync);
    } catch (IOException e) {
      StorageException failure = StorageException.of("names cannot be made durable", e);
      names.keySet().forEach(placing -> failures.putIfAbsent(placing, failure));
      undo(names.keySet().stream().map(Placing::upload).toList());
      names.keySet().forEach(placing -> uploads.setAside(placing.upload(), e));
    }
  }

  private void name(
      List<Placing> placings,
      Map<Placing, Path> names,
      Map<Placing, StorageException> failures,
      Set<Path> touched) {
    Set<Path> taken = new HashSet<>();
    for (Placing placing : placings) {
      FilePath path = placing.upload().key().path();
      if (!placing.upload().sealed()) {
        failures.put(placing, notComplete(placing.upload()));
        continue;
      }
      try {
        names.put(placing, folders.free(placing.address(), path, taken, touched));
      } catch (IOException e) {
        failures.put(placing, StorageException.of("no name can be made for a file", e));
      }
    }
  }

  private static StorageException notComplete(Upload upload) {
    return new StorageException(
        StorageException.Reason.FAILED,
        upload + " was given back or given up while it was being stored; offer the file again");
  }

  /** The second name of the same file; on file systems without links, its only one. */
  private void enter(Upload upload, Path name) throws IOException {
    files.close(upload);
    try {
      disk.link(name, files.of(upload));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "no links here, moving: {0}", e);
      disk.move(files.of(upload), name);
    }
  }

  /** As {@link Storage#undo} promises. */
  void undo(Collection<Upload> back) {
    List<Entry> free = new ArrayList<>();
    for (Upload upload : back) {
      if (upload.over()) {
        continue;
      }
      Optional<String> name = upload.placedAs();
      if (name.isPresent()) {
        try {
          takeBack(files.of(upload), folders.resolve(name.get()));
          free.add(new Entry.Unplace(upload.number()));
        } catch (IOException e) {
          LOG.log(Level.WARNING, "{0} cannot be taken back yet: {1}", name.get(), e.toString());
          left.put(folders.resolve(name.get()), upload);
        }
        upload.placedAs(Optional.empty());
      }
      upload.seal(false);
    }
    uploads.record(free);
    back.stream().filter(upload -> upload.unwanted() && !upload.over()).forEach(uploads::discard);
  }

  /**
   * Tries again where a disk that failed had not let a name be taken back. Until it does, no name
   * is given: what stands under that one is known to be nobody's.
   */
  synchronized void takeBackWhatIsLeft() throws IOException {
    for (Map.Entry<Path, Upload> each : Map.copyOf(left).entrySet()) {
      takeBack(files.of(each.getValue()), each.getKey());
      left.remove(each.getKey());
      uploads.record(List.of(new Entry.Unplace(each.getValue().number())));
    }
  }

  private void takeBack(Path file, Path name) throws IOException {
    if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      disk.move(name, file);
    } else if (Files.isSameFile(name, file)) {
      disk.delete(name);
    }
  }
}
