package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2, {@code full:}, whose disk has no room while it is told so. */
public final class FullFiles extends FilePathWrapper {
  private static final int BLOCK = 4_096;

  private static volatile boolean full;
  private static volatile Hold hold = new Hold();

  /** Writes wait here for what becomes of them. */
  private static final class Hold {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean on;
  }

  /** The next write, and all others, wait for {@link #failHeld}. */
  static void hold() {
    Hold fresh = new Hold();
    fresh.on = true;
    hold = fresh;
  }

  /** Returns when a write waits. */
  static void awaitHeld() throws InterruptedException {
    assertTrue(hold.begun.await(60, TimeUnit.SECONDS), "nothing is written");
  }

  /** What waits finds no room, and what comes later does. */
  static void failHeld() {
    hold.on = false;
    hold.over.countDown();
  }

  private static void passHold() throws IOException {
    Hold now = hold;
    if (now.on) {
      now.begun.countDown();
      try {
        now.over.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while a write was held");
      }
      throw new IOException("No space left on device");
    }
  }

  /** Whether writes fail from now on. */
  static void full(boolean now) {
    full = now;
  }

  @Override
  public String getScheme() {
    return "full";
  }

  /**
   * As on a real disk: what lies within a file can be written; behind its end as much as fits into
   * the last block, and then no more.
   */
  @Override
  public FileChannel open(String mode) throws IOException {
    return new OtherFile(getBase().open(mode)) {
      @Override
      public int write(ByteBuffer bytes, long position) throws IOException {
        passHold();
        int room = room(position, size(), bytes.remaining());
        if (room == bytes.remaining()) {
          return super.write(bytes, position);
        }
        super.write(bytes.slice(bytes.position(), room), position);
        throw new IOException("No space left on device");
      }

      @Override
      public int write(ByteBuffer bytes) throws IOException {
        int written = write(bytes, position());
        position(position() + written);
        return written;
      }
    };
  }

  private static int room(long position, long size, int wanted) {
    long end = size + BLOCK - 1 - (size - 1) % BLOCK;
    return full ? (int) Math.max(0, Math.min(wanted, end - position)) : wanted;
  }
}
