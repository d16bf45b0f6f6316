package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.acopio.storage.UploadJournal.Entry;

/**
 * The uploads that are under way, from their beginning to their end, as the journal has them.
 * Thread-safe.
 */
final class Uploads implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Uploads.class.getName());
  private static final long COMPACT_ABOVE = 64L << 20;

  private final PartialFiles files;
  private final Quarantine quarantine;
  private final UploadJournal journal;
  private final long torn;
  private final Map<Long, Upload> byNumber = new ConcurrentHashMap<>();
  private final Map<Source, Upload> bySource = new ConcurrentHashMap<>();
  private volatile boolean letGo;

  /** Where a file comes from, whatever its content. */
  private record Source(Sha256 agent, FilePath path) {
    static Source of(UploadKey key) {
      return new Source(key.agent(), key.path());
    }
  }

  /** Recalls what the journal of the working area has, and begins a new one with it. */
  Uploads(PartialFiles files, Quarantine quarantine, Disk disk) throws IOException {
    this.files = files;
    this.quarantine = quarantine;
    torn = UploadJournal.read(files.journal(), this::recall);
    journal = UploadJournal.rewrite(files.journal(), entries(), disk);
  }

  UploadJournal journal() {
    return journal;
  }

  /** How many bytes at the end of the journal a crash had left unfinished. */
  long tornBytes() {
    return torn;
  }

  /** How many are under way now. */
  int count() {
    return byNumber.size();
  }

  /** Those that are under way now. */
  List<Upload> all() {
    return List.copyOf(byNumber.values());
  }

  // ------------------------------------------------------------------ recall

  private void recall(Entry entry) {
    Upload upload = byNumber.get(entry.upload());
    if (entry instanceof Entry.Begin begin) {
      Upload begun = new Upload(begin.upload(), begin.key());
      byNumber.put(begin.upload(), begun);
      bySource.put(Source.of(begin.key()), begun);
    } else if (upload != null) {
      recall(upload, entry);
    }
  }

  private void recall(Upload upload, Entry entry) {
    if (entry instanceof Entry.Block block) {
      upload.recall(block);
    } else if (entry instanceof Entry.Clear clear) {
      synchronized (upload) {
        upload.clear(clear.from(), clear.to());
      }
    } else if (entry instanceof Entry.Place place) {
      upload.placedAs(Optional.of(place.storedAs()));
    } else if (entry instanceof Entry.Unplace) {
      upload.placedAs(Optional.empty());
    } else if (entry instanceof Entry.Done) {
      forget(upload);
    } else {
      upload.recallShare(entry instanceof Entry.Share);
    }
  }

  private Iterable<Entry> entries() {
    return () -> byNumber.values().stream().flatMap(upload -> upload.entries().stream()).iterator();
  }

  // -------------------------------------------------------------------- life

  /** The upload with this key that is not over. */
  Optional<Upload> find(UploadKey key) {
    return Optional.ofNullable(bySource.get(Source.of(key)))
        .filter(upload -> !upload.over() && upload.key().equals(key));
  }

  /** The upload with this number, over or not, while it is known. */
  Optional<Upload> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** An upload that nobody knows before it is given to {@link #start}. */
  Upload fresh(UploadKey key) {
    return new Upload(freshNumber(), key);
  }

  /** Drawn from 2^63 - 1 numbers: it is no file's that an earlier run could not delete. */
  private long freshNumber() {
    long number;
    do {
      number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    } while (byNumber.containsKey(number));
    return number;
  }

  /** Begins fresh uploads; those that were under way from the same places are given up. */
  List<Upload> start(List<Upload> fresh) {
    trustJournal();
    // Known before the journal knows them, so that no compaction drops them from it.
    fresh.forEach(upload -> byNumber.put(upload.number(), upload));
    try {
      journal.append(fresh.stream().flatMap(upload -> upload.entries().stream()).toList());
    } catch (IOException e) {
      fresh.forEach(upload -> byNumber.remove(upload.number()));
      throw StorageException.of("no upload can begin", e);
    }
    for (Upload upload : fresh) {
      Upload before = bySource.put(Source.of(upload.key()), upload);
      if (before != null && !before.over()) {
        discard(before);
      }
    }
    return fresh;
  }

  /** These are over: committed, or given up. */
  void done(Collection<Upload> over) {
    over.forEach(Upload::end);
    for (Upload upload : over) {
      forget(upload);
      try {
        files.delete(upload);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the working copy of {0} stays: {1}", upload, e);
      }
    }
    record(over.stream().map(upload -> new Entry.Done(upload.number())).toList());
    compactWhenLarge();
  }

  /**
   * Gives an upload up and frees its bytes. One that has a name is being committed: nobody finds it
   * any more by where it comes from, and it ends with its commit, or when its name is taken back.
   */
  void discard(Upload upload) {
    synchronized (upload) {
      if (upload.placedAs().isPresent() && !upload.over()) {
        upload.unwanted(true);
        bySource.remove(Source.of(upload.key()), upload);
      } else {
        done(List.of(upload));
      }
    }
  }

  /**
   * Gives an upload up whose bytes the disk may not hold: after a failed write or sync the system
   * may have dropped them and yet let the next sync succeed. They must be sent again, into a new
   * file; this one is set aside, for a person to look at.
   */
  void setAside(Upload upload, IOException why) {
    synchronized (upload) {
      if (upload.over()) {
        return;
      }
      upload.end();
      forget(upload);
      try {
        files.close(upload);
        String where =
            quarantine.take(files.of(upload), "uploads/" + files.of(upload).getFileName());
        LOG.log(
            Level.ERROR,
            "the disk failed {0} ({1}); its file is set aside as {2} and must be sent again",
            upload,
            why.toString(),
            where);
      } catch (IOException e) {
        LOG.log(
            Level.ERROR,
            "the disk failed {0} ({1}); its file cannot be set aside either: {2}",
            upload,
            why.toString(),
            e.toString());
      }
      record(List.of(new Entry.Done(upload.number())));
    }
  }

  /**
   * Makes the journal anew after a failure of the disk that left it doubtful. The disk may have
   * lost what had arrived, or be another one that was mounted in its place: so every upload is
   * compared with it before it goes on. Called without the monitor of an upload. Until it succeeds
   * nothing is acknowledged.
   */
  void trustJournal() {
    if (!journal.suspect()) {
      return;
    }
    if (letGo) {
      throw new StorageException(
          StorageException.Reason.FAILED,
          "the disk of the store failed; see that it is mended and mounted");
    }
    synchronized (this) {
      if (journal.suspect()) {
        // Nothing is appended meanwhile, so that what is collected here stays true.
        List<Entry> entries = new ArrayList<>();
        entries().forEach(entries::add);
        try {
          for (Upload upload : all()) {
            doubt(upload);
          }
          journal.renew(entries);
          LOG.log(Level.WARNING, "the upload journal was made anew after a failure of the disk");
        } catch (IOException e) {
          throw StorageException.of("the upload journal cannot be made anew", e);
        }
      }
    }
  }

  private void doubt(Upload upload) throws IOException {
    synchronized (upload) {
      files.close(upload);
      upload.doubt();
    }
  }

  /** Holds no file open, so that a disk that fails can be unmounted and mended. */
  void letGo() throws IOException {
    letGo = true;
    journal.letGo();
    for (Upload upload : all()) {
      files.close(upload);
    }
    files.closeIdle();
  }

  /** The store is there, and this process may use it. */
  void goOn() throws IOException {
    letGo = false;
    trustJournal();
    journal.settle();
  }

  private void forget(Upload upload) {
    byNumber.remove(upload.number());
    bySource.remove(Source.of(upload.key()), upload);
  }

  /** Records what has happened already, as soon as the disk takes it. */
  void record(List<? extends Entry> entries) {
    try {
      journal.appendOrOwe(entries);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the upload journal cannot be written yet: {0}", e.toString());
    }
  }

  private void compactWhenLarge() {
    try {
      if (journal.size() > COMPACT_ABOVE) {
        journal.compactIf(byNumber::isEmpty);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the upload journal cannot be compacted: {0}", e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      journal.settle();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "the upload journal does not know all that ended; the next start finds out: {0}",
          e.toString());
    }
    journal.close();
  }
}
