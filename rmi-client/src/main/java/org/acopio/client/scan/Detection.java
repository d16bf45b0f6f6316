package org.acopio.client.scan;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.acopio.media.MediaDetector;
import org.acopio.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the journal does not know, on two threads that start with the first such file: one
 * waits for the disk while the other thinks.
 */
final class Detection implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING_FILES = 1024;

  private final Journal journal;
  private final Sink sink;
  private final BlockingQueue<Candidate> queue = new ArrayBlockingQueue<>(WAITING_FILES);
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Throwable failure;

  Detection(Journal journal, Sink sink) {
    this.journal = journal;
    this.sink = sink;
  }

  /** Takes what comes of it, from both threads. */
  interface Sink {
    void found(MediaFile file);

    void noticed(Notice notice);
  }

  private record Candidate(Path root, Path path, byte[] wirePath, FileStamp stamp) {
    static final Candidate END =
        new Candidate(
            Path.of(""),
            Path.of(""),
            new byte[0],
            new FileStamp(0, Instant.EPOCH, 0, Instant.EPOCH));
  }

  /** Has a file read; waits while many wait already. */
  void submit(Path root, Path path, byte[] wirePath, FileStamp stamp) throws InterruptedException {
    if (threads.isEmpty()) {
      start();
    }
    queue.put(new Candidate(root, path, wirePath, stamp));
  }

  /** Waits until each submitted file is read. */
  void finish() throws InterruptedException {
    for (int i = 0; i < threads.size(); i++) {
      queue.put(Candidate.END);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("telling the types of files failed", thrown);
    }
  }

  @Override
  public void close() {
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  private void start() {
    for (int i = 1; i <= THREADS; i++) {
      Thread thread = new Thread(this::work, "acopio-detection-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @SuppressWarnings("ReferenceEquality") // There is one end.
  private void work() {
    try (Way way = new Way()) {
      for (Candidate next = queue.take(); next != Candidate.END; next = queue.take()) {
        detect(next, way);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void detect(Candidate file, Way way) {
    // A thread that died would leave the scan waiting for room in the queue for ever.
    if (failure != null) {
      return;
    }
    try {
      Optional<String> type = type(file, way);
      journal.rememberType(file.wirePath, file.stamp, type);
      if (type.isPresent()) {
        sink.found(media(file, type.get()));
      }
    } catch (NoSuchFileException | ClosedByInterruptException e) {
      // Deleted since its directory was listed, or the scan was given up.
      return;
    } catch (IOException e) {
      sink.noticed(Notice.unreadableFile(file.path, e));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** What the server will say too: it sees the same bytes, and the name as it is on the wire. */
  private static Optional<String> type(Candidate file, Way way) throws IOException {
    if (file.stamp.size() == 0) {
      return MediaDetector.detect(FileContent.EMPTY, file.wirePath);
    }
    try (FileContent content = FileContent.open(way, file.root, file.path)) {
      return MediaDetector.detect(content, file.wirePath);
    }
  }

  private static MediaFile media(Candidate file, String type) {
    return new MediaFile(
        file.root,
        file.path,
        file.wirePath,
        file.stamp,
        type,
        MediaKind.of(type).orElseThrow(),
        Optional.empty());
  }
}
