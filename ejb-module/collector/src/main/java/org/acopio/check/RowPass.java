package org.acopio.check;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.acopio.catalog.CheckedFile;
import org.acopio.catalog.Damage;
import org.acopio.catalog.FileChecks;
import org.acopio.check.Suspect.Trouble;
import org.acopio.remote.Sha256;
import org.acopio.storage.Inspection;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Look;
import org.acopio.storage.Inspection.Pace;
import org.acopio.storage.StorageException;

/**
 * Compares each row with its file, several side by side. Bytes that several names share are read
 * once.
 */
final class RowPass {
  private static final int PAGE = 1_000;
  private static final int AHEAD = 2_000;

  /** How far a file system may round a time; FAT does it most. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private final FileChecks checks;
  private final Inspection inspection;
  private final CheckOptions options;
  private final Pace pace;
  private final CheckProgress progress;
  private final Names names = new Names();
  private final Set<Long> marked = new HashSet<>();
  private final Map<Object, Sha256> digestOfShared = new ConcurrentHashMap<>();
  private final Map<Object, FutureTask<Content>> contentOfShared = new ConcurrentHashMap<>();
  private final List<Suspect> suspects = new ArrayList<>();

  RowPass(
      FileChecks checks,
      Inspection inspection,
      CheckOptions options,
      Pace pace,
      CheckProgress progress) {
    this.checks = checks;
    this.inspection = inspection;
    this.options = options;
    this.pace = pace;
    this.progress = progress;
  }

  /** Is told, between two pages, which rows were compared and what is suspect of them. */
  interface PageDone {
    void upTo(long number, List<Suspect> suspects) throws InterruptedIOException;
  }

  /** Compares all rows; returns those that are suspect. */
  List<Suspect> run() throws InterruptedIOException {
    recallMarks();
    ExecutorService readers =
        Executors.newFixedThreadPool(
            options.readers(),
            work -> {
              Thread thread = new Thread(work, "acopio-check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      compareAll(readers);
    } finally {
      readers.shutdownNow();
    }
    synchronized (suspects) {
      return List.copyOf(suspects);
    }
  }

  private void compareAll(ExecutorService readers) throws InterruptedIOException {
    Semaphore ahead = new Semaphore(AHEAD);
    AtomicReference<Exception> failure = new AtomicReference<>();
    long last = 0;
    List<CheckedFile> page;
    do {
      page = checks.after(last, PAGE);
      for (CheckedFile row : page) {
        acquire(ahead, 1);
        rethrow(failure.get());
        readers.execute(
            () -> {
              try {
                compare(row);
              } catch (InterruptedIOException | RuntimeException e) {
                failure.compareAndSet(null, e);
              } finally {
                ahead.release();
              }
            });
        last = row.number();
      }
    } while (page.size() == PAGE);
    acquire(ahead, AHEAD);
    rethrow(failure.get());
  }

  private static void acquire(Semaphore ahead, int permits) throws InterruptedIOException {
    try {
      ahead.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("comparing rows with files");
    }
  }

  private static void rethrow(@org.jspecify.annotations.Nullable Exception failure)
      throws InterruptedIOException {
    if (failure instanceof InterruptedIOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Compares the rows behind this number one after the other, in the caller's thread. */
  void run(long after, int pageSize, PageDone done) throws InterruptedIOException {
    recallMarks();
    long last = after;
    List<CheckedFile> page;
    do {
      page = checks.after(last, pageSize);
      for (CheckedFile row : page) {
        compare(row);
        last = row.number();
      }
      List<Suspect> found;
      synchronized (suspects) {
        found = List.copyOf(suspects);
        suspects.clear();
      }
      done.upTo(last, found);
    } while (page.size() == pageSize);
  }

  /** Whether a row that was compared has this name. */
  boolean knows(String storedAs) {
    return names.contains(storedAs);
  }

  private void recallMarks() {
    long last = 0;
    List<Damage> page;
    do {
      page = checks.damage(last, PAGE);
      for (Damage damage : page) {
        marked.add(damage.file());
        last = damage.file();
      }
    } while (page.size() == PAGE);
  }

  private void compare(CheckedFile row) throws InterruptedIOException {
    names.add(row.storedAs());
    if (!row.pathKey().equals(row.rightKey())) {
      suspect(
          Suspect.of(
              row,
              Trouble.KEY,
              inspection.look(row.storedAs()),
              "the key of its path is %s and should be %s"
                  .formatted(row.pathKey(), row.rightKey())));
    }
    Look look = inspection.look(row.storedAs());
    switch (look.state()) {
      case ABSENT, STRANGE, IMPOSSIBLE ->
          suspect(Suspect.of(row, Trouble.ABSENT, look, look.why()));
      case UNREADABLE -> suspect(Suspect.of(row, Trouble.UNREADABLE, look, look.why()));
      case FILE -> compare(row, look);
    }
    progress.row();
    // A row without a file to read is something to wait for too, so that a gentle check is gentle.
    pace.read(0);
  }

  private void compare(CheckedFile row, Look look) throws InterruptedIOException {
    if (look.size() != row.size()) {
      suspect(
          Suspect.of(
              row,
              Trouble.SIZE,
              look,
              "the file has %d bytes, not %d".formatted(look.size(), row.size())));
      return;
    }
    if (options.readData() && !sameContent(row, look)) {
      return;
    }
    if (look.links() > 1 && !options.readData()) {
      Sha256 other = digestOfShared.putIfAbsent(look.bytes(), row.digest());
      if (other != null && !other.equals(row.digest())) {
        suspect(
            new Suspect(
                row,
                Trouble.SHARED,
                look,
                java.util.Optional.empty(),
                other,
                "a row of the same bytes has another digest"));
      }
    }
    if (!sameTime(row.modified(), look.modified())) {
      suspect(
          Suspect.of(
              row,
              Trouble.TIME,
              look,
              "the file was changed at %s, not %s".formatted(look.modified(), row.modified())));
    }
    if (marked.contains(row.number())) {
      suspect(Suspect.of(row, Trouble.MARKED, look, "it is marked as damaged"));
    }
  }

  private boolean sameContent(CheckedFile row, Look look) throws InterruptedIOException {
    try {
      Content content = content(row, look);
      if (content.digest().equals(row.digest())) {
        return true;
      }
      suspect(
          Suspect.of(
                  row,
                  Trouble.CONTENT,
                  look,
                  "its bytes have the SHA-256 %s, not %s".formatted(content.digest(), row.digest()))
              .with(Trouble.CONTENT, content));
    } catch (StorageException e) {
      suspect(Suspect.unreadable(row, look, e));
    }
    return false;
  }

  private Content content(CheckedFile row, Look look) throws InterruptedIOException {
    if (look.links() <= 1) {
      return read(row);
    }
    FutureTask<Content> mine = new FutureTask<>(() -> read(row));
    FutureTask<Content> first = contentOfShared.putIfAbsent(look.bytes(), mine);
    if (first == null) {
      mine.run();
      first = mine;
    }
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for " + row.storedAs());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedIOException failure) {
        throw failure;
      }
      throw new IllegalStateException("reading " + row.storedAs() + " again", e.getCause());
    }
  }

  private Content read(CheckedFile row) throws InterruptedIOException {
    Content content =
        inspection.content(
            row.storedAs(),
            count -> {
              progress.read(count);
              pace.read(count);
            });
    progress.readFile();
    return content;
  }

  private void suspect(Suspect suspect) {
    synchronized (suspects) {
      suspects.add(suspect);
    }
  }

  static boolean sameTime(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(COARSEST_TIME) <= 0;
  }
}
