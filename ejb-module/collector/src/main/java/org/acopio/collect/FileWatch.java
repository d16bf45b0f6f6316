package org.acopio.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.acopio.remote.Block;
import org.acopio.remote.Parts;
import org.acopio.storage.Upload;

/** A file in flight as onlookers see it. Thread-safe; noting a block waits for nobody. */
final class FileWatch {
  private static final long NONE = -1;

  private final Upload upload;
  private final Instant begunAt;

  /** The last port of each part, then how often each was to come again. */
  private final AtomicIntegerArray notes = new AtomicIntegerArray(2 * Parts.COUNT);

  private volatile long touchedNanos;

  /** Of each part the byte that has to come again, as its offset in the part, or none. */
  private final AtomicLongArray broken = new AtomicLongArray(Parts.COUNT);

  private volatile boolean storing;

  FileWatch(Upload upload, Instant begunAt, long nanos) {
    this.upload = upload;
    this.begunAt = begunAt;
    this.touchedNanos = nanos;
    for (int part = 0; part < Parts.COUNT; part++) {
      broken.set(part, NONE);
    }
  }

  Upload upload() {
    return upload;
  }

  long touchedNanos() {
    return touchedNanos;
  }

  /** A block was taken. */
  void accepted(Block block, int port, long nanos) {
    int part = block.part();
    notes.setRelease(part, port);
    touchedNanos = nanos;
    long again = broken.get(part);
    if (again >= block.offset() && again < block.offset() + block.length()) {
      broken.compareAndSet(part, again, NONE);
    }
  }

  /** A block came with a wrong checksum. */
  void corrupt(Block block, int port, long nanos) {
    notes.setRelease(block.part(), port);
    touchedNanos = nanos;
    toComeAgain(block.part(), block.offset());
  }

  /** Parts are asked for again. */
  void again(Set<Integer> parts) {
    storing = false;
    parts.forEach(part -> toComeAgain(part, 0));
  }

  /** Whether it is being checked, synced and committed. */
  void storing(boolean now) {
    storing = now;
  }

  private void toComeAgain(int part, long offset) {
    notes.incrementAndGet(Parts.COUNT + part);
    broken.set(part, offset);
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
        broken.get(part) != NONE,
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
