package org.acopio.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.acopio.remote.Parts;
import org.acopio.storage.Upload;

/** A file in flight as onlookers see it. Thread-safe; noting a block waits for nobody. */
final class FileWatch {
  private final Upload upload;
  private final Instant begunAt;

  /** The last port of each part, then how often each was to come again. */
  private final AtomicIntegerArray notes = new AtomicIntegerArray(2 * Parts.COUNT);

  private volatile long touchedNanos;
  private volatile int broken;
  private volatile boolean storing;

  FileWatch(Upload upload, Instant begunAt, long nanos) {
    this.upload = upload;
    this.begunAt = begunAt;
    this.touchedNanos = nanos;
  }

  Upload upload() {
    return upload;
  }

  long touchedNanos() {
    return touchedNanos;
  }

  /** A block of a part was taken. */
  void accepted(int part, int port, long nanos) {
    notes.setRelease(part, port);
    touchedNanos = nanos;
    if (broken != 0 && arrived(part) == length(part)) {
      mend(part);
    }
  }

  /** A block came with a wrong checksum. */
  void corrupt(int part, int port, long nanos) {
    notes.setRelease(part, port);
    touchedNanos = nanos;
    toComeAgain(part);
  }

  /** Parts are asked for again. */
  void again(Set<Integer> parts) {
    storing = false;
    parts.forEach(this::toComeAgain);
  }

  /** Whether it is being checked, synced and committed. */
  void storing(boolean now) {
    storing = now;
  }

  private synchronized void toComeAgain(int part) {
    notes.incrementAndGet(Parts.COUNT + part);
    broken |= 1 << part;
  }

  private synchronized void mend(int part) {
    broken &= ~(1 << part);
  }

  /** Bytes that have not arrived. */
  long missingBytes() {
    long missing = upload.key().size();
    for (int part = 0; part < Parts.COUNT; part++) {
      missing -= arrived(part);
    }
    return Math.max(0, missing);
  }

  FileProgress progress(Instant now, long nanos) {
    List<PartProgress> parts = new ArrayList<>(Parts.COUNT);
    for (int part = 0; part < Parts.COUNT; part++) {
      parts.add(part(part));
    }
    return new FileProgress(
        upload.number(),
        ShownPath.of(upload.key().path()),
        upload.key().size(),
        storing,
        parts,
        begunAt,
        now.minusNanos(Math.max(0, nanos - touchedNanos)));
  }

  private PartProgress part(int part) {
    return PartProgress.of(
        length(part),
        arrived(part),
        (broken & 1 << part) != 0,
        upload.repeatedBlocks(part) + notes.get(Parts.COUNT + part),
        notes.get(part));
  }

  private long arrived(int part) {
    return upload.arrivedBytes(part);
  }

  private long length(int part) {
    return Parts.length(part, upload.key().size());
  }
}
