package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.NewFile;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;
import org.acopio.storage.StorageException;
import org.acopio.storage.Upload;

/**
 * Gives names, and commits to the catalog, in groups: one thread takes whatever waits, so that the
 * more files come at once the less each of them costs.
 */
final class Committer {
  private static final Logger LOG = System.getLogger(Committer.class.getName());
  private static final int GROUP = 4_096;

  private final Storage storage;
  private final Catalog catalog;
  private final Chronicle chronicle;
  private final Doubts doubts;
  private final BlockingQueue<Candidate> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "acopio-commit");
  private volatile boolean closed;

  Committer(Storage storage, Catalog catalog, Chronicle chronicle, Doubts doubts) {
    this.storage = storage;
    this.catalog = catalog;
    this.chronicle = chronicle;
    this.doubts = doubts;
    thread.setDaemon(true);
    thread.start();
  }

  /** A settled upload that waits for its name and its row. */
  static final class Candidate {
    private final Upload upload;
    private final OpenCollection collection;
    private final Sha256 digest;
    private final String mediaType;
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

    Candidate(Upload upload, OpenCollection collection, Sha256 digest, String mediaType) {
      this.upload = upload;
      this.collection = collection;
      this.digest = digest;
      this.mediaType = mediaType;
    }

    Upload upload() {
      return upload;
    }

    Sha256 digest() {
      return digest;
    }

    /** Completes when the promise holds, or with a StorageException or CatalogException. */
    CompletableFuture<Receipt> receipt() {
      return receipt;
    }

    void remember(Receipt stored) {
      collection.remember(upload.number(), stored);
    }

    void note(Chronicle chronicle, Receipt stored, Instant now) {
      // A commit that was repeated has the time of the first.
      if (stored.storedAt().equals(now)) {
        chronicle.committed(now, mediaType, stored.size());
      }
    }

    private NewFile row(String storedAs, Instant now) {
      return new NewFile(
          upload.number(),
          collection.agent,
          collection.client,
          collection.row,
          upload.key().path(),
          upload.key().size(),
          upload.key().modified(),
          mediaType,
          digest,
          storedAs,
          now);
    }
  }

  /** Puts candidates in line. */
  void submit(List<Candidate> candidates) {
    waiting.addAll(candidates);
    if (closed) {
      refuseRest();
    }
  }

  /**
   * Commits what is under way, and refuses what waits. Never interrupts: that would close the
   * files.
   */
  void stop() throws InterruptedException {
    closed = true;
    thread.join();
    refuseRest();
  }

  private void run() {
    List<Candidate> group = new ArrayList<>();
    while (!closed) {
      try {
        Candidate first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          group.add(first);
          waiting.drainTo(group, GROUP - 1);
          commit(group);
          group.clear();
        } else {
          settleDoubts();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }
  }

  /** So that they do not last until the next file comes. */
  private void settleDoubts() {
    try {
      doubts.settle();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the catalog does not say yet what became of a commit", e);
    }
  }

  private void commit(List<Candidate> group) {
    try {
      commitOrThrow(group);
    } catch (RuntimeException e) {
      group.forEach(candidate -> candidate.receipt.completeExceptionally(e));
    } catch (OutOfMemoryError e) {
      // Whoever waits must not do so for ever, and the next group may be smaller.
      LOG.log(Level.ERROR, "files are not committed for lack of memory", e);
      StorageException failure =
          new StorageException(
              StorageException.Reason.FAILED, "the server has too little memory", e);
      group.forEach(candidate -> candidate.receipt.completeExceptionally(failure));
    }
  }

  private void commitOrThrow(List<Candidate> group) {
    List<Candidate> placed = new ArrayList<>(group.size());
    List<NewFile> rows = new ArrayList<>(group.size());
    Instant now = chronicle.clock.instant();
    List<Placed> names = named(group);
    for (int i = 0; i < group.size(); i++) {
      Candidate candidate = group.get(i);
      Placed name = names.get(i);
      if (name.storedAs().isPresent() && name.failure().isEmpty()) {
        placed.add(candidate);
        rows.add(candidate.row(name.storedAs().get(), now));
      } else {
        candidate.receipt.completeExceptionally(name.failure().orElseGet(Committer::givenUp));
      }
    }
    List<Upload> uploads = placed.stream().map(Candidate::upload).toList();
    List<StoredFile> files = commitOrDoubt(placed, rows);
    // Remembered before the upload is over, so that whoever finds it over finds the receipt.
    for (int i = 0; i < placed.size(); i++) {
      placed.get(i).remember(files.get(i).receipt());
      placed.get(i).note(chronicle, files.get(i).receipt(), now);
    }
    storage.done(uploads);
    for (int i = 0; i < placed.size(); i++) {
      placed.get(i).receipt.complete(files.get(i).receipt());
    }
  }

  /** Names are given only where all that were given before are settled. */
  private List<Placed> named(List<Candidate> group) {
    try {
      doubts.settle();
      return storage.place(group.stream().map(Committer::placing).toList());
    } catch (RuntimeException e) {
      storage.undo(doubts.without(group.stream().map(Candidate::upload).toList()));
      throw e;
    }
  }

  private List<StoredFile> commitOrDoubt(List<Candidate> placed, List<NewFile> rows) {
    try {
      return catalog.commit(rows);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, rows.size() + " files are not committed", e);
      doubts.add(placed, rows, e);
      settleDoubts();
      throw e;
    }
  }

  private static StorageException givenUp() {
    return new StorageException(
        StorageException.Reason.FAILED, "the file was offered anew while it was being stored");
  }

  private static Placing placing(Candidate candidate) {
    return new Placing(candidate.upload, candidate.collection.address());
  }

  private void refuseRest() {
    List<Candidate> rest = new ArrayList<>();
    waiting.drainTo(rest);
    for (Candidate candidate : rest) {
      candidate.receipt.completeExceptionally(
          new StorageException(StorageException.Reason.FAILED, "the server is stopping"));
    }
  }
}
