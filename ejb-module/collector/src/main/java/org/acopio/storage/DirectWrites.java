package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Writes long runs of bytes from memory to the disk without a copy in the system's cache of pages
 * ({@code O_DIRECT}): a large file leaves the memory of the server to others, costs half of the
 * processor time, and its sync has little left to do. Only whole blocks of the file system go that
 * way; the ends of a run, and all of it while the disk cannot or is slow that way, go the usual
 * one. Thread-safe.
 */
final class DirectWrites {
  /** Shorter runs gain nothing. */
  static final int LEAST_BYTES = 128 << 10;

  /** Most bytes of one call, and what is set aside for it. */
  static final int PIECE_BYTES = 1 << 20;

  /** What file systems ask for: a multiple of the blocks of all disks there are. */
  static final int ALIGNMENT = 4_096;

  /** How many write that way side by side; whoever comes besides goes the usual way. */
  static final int WRITERS = 8;

  /** A disk whose heads must move is slower, and better off when the system sorts its writes. */
  static final long SLOW_NANOS_PER_BYTE = 20;

  static final int SLOW_IN_A_ROW = 8;
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(DirectWrites.class.getName());

  private final boolean wanted;
  private final LongSupplier nanoClock;
  private final BlockingQueue<Optional<ByteBuffer>> buffers = new ArrayBlockingQueue<>(WRITERS);
  private final AtomicInteger slow = new AtomicInteger();
  private volatile long resumes;

  /**
   * @param wanted whether it does anything
   */
  DirectWrites(boolean wanted, LongSupplier nanoClock) {
    this.wanted = wanted;
    this.nanoClock = nanoClock;
    resumes = nanoClock.getAsLong();
    while (buffers.offer(Optional.empty())) {
      continue;
    }
  }

  /** A file that can be written to in two ways. */
  interface Target {
    /** Writes all bytes that remain through the cache. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /**
     * Writes whole blocks past it, from aligned memory.
     *
     * @return how many bytes the disk took
     */
    int writeDirect(ByteBuffer blocks, long offset) throws IOException;
  }

  /** Writes all bytes that remain in the run, one after the other, from {@code offset} on. */
  void write(Target target, List<ByteBuffer> run, long offset) throws IOException {
    if (!writeDirect(target, run, offset)) {
      long at = offset;
      for (ByteBuffer bytes : run) {
        int length = bytes.remaining();
        target.write(bytes.duplicate(), at);
        at += length;
      }
    }
  }

  /** False when it was not done, or not to its end. */
  private boolean writeDirect(Target target, List<ByteBuffer> run, long offset) throws IOException {
    long end = offset + run.stream().mapToLong(ByteBuffer::remaining).sum();
    long from = (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long to = end / ALIGNMENT * ALIGNMENT;
    if (!wanted || to - from < LEAST_BYTES || nanoClock.getAsLong() - resumes < 0) {
      return false;
    }
    Optional<ByteBuffer> taken = buffers.poll();
    if (taken == null) {
      return false;
    }
    ByteBuffer buffer = null;
    try {
      buffer = taken.orElseGet(DirectWrites::buffer);
      Iterator<ByteBuffer> rest = copies(run).iterator();
      ByteBuffer bytes = ByteBuffer.allocate(0);
      for (long at = offset; at < end; ) {
        long stop = at < from ? from : at < to ? Math.min(to, at + PIECE_BYTES) : end;
        buffer.clear().limit((int) (stop - at));
        bytes = fill(buffer, bytes, rest);
        write(target, buffer.flip(), at, at >= from && at < to);
        at = stop;
      }
      return true;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException | LinkageError e) {
      // The usual way does it, or says why not: a disk that is full, say, takes a part of a piece.
      LOG.log(Level.DEBUG, "written through the cache for a while: {0}", e.toString());
      pause();
      return false;
    } finally {
      buffers.add(Optional.ofNullable(buffer));
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(PIECE_BYTES + ALIGNMENT).alignedSlice(ALIGNMENT);
  }

  private static List<ByteBuffer> copies(List<ByteBuffer> run) {
    List<ByteBuffer> copies = new ArrayList<>(run.size());
    run.forEach(bytes -> copies.add(bytes.duplicate()));
    return copies;
  }

  /** Fills the buffer from what is left of {@code bytes} and what follows; returns what is left. */
  private static ByteBuffer fill(ByteBuffer buffer, ByteBuffer bytes, Iterator<ByteBuffer> rest) {
    ByteBuffer from = bytes;
    while (buffer.hasRemaining()) {
      if (!from.hasRemaining()) {
        from = rest.next();
      }
      int count = Math.min(from.remaining(), buffer.remaining());
      buffer.put(from.slice(from.position(), count));
      from.position(from.position() + count);
    }
    return from;
  }

  private void write(Target target, ByteBuffer bytes, long at, boolean blocks) throws IOException {
    if (!blocks) {
      target.write(bytes, at);
      return;
    }
    int length = bytes.remaining();
    long begun = nanoClock.getAsLong();
    if (target.writeDirect(bytes, at) < length) {
      throw new IOException("the disk took a part of " + length + " bytes");
    }
    if (nanoClock.getAsLong() - begun < SLOW_NANOS_PER_BYTE * length) {
      slow.set(0);
    } else if (slow.incrementAndGet() >= SLOW_IN_A_ROW) {
      slow.set(0);
      pause();
    }
  }

  private void pause() {
    resumes = nanoClock.getAsLong() + PAUSE.toNanos();
  }
}
