package org.acopio.socket.thread;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was written to one connection and has not been sent. Any thread may add; one at a time
 * sends, which may block, while others go on adding. Thread-safe.
 */
final class Outgoing {
  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 512;

  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Memory up to this size is kept for the next bytes. */
  private static final int KEPT_BYTES = 8 * 1024;

  /** Sent at once, so that a slow peer is seen to take something. */
  private static final int PIECE_BYTES = 8 * 1024;

  /** Where bytes are sent to; may block. */
  interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private byte[] waiting = NONE;
  private byte[] spare = NONE;
  private int waitingBytes;
  private long unsent;
  private volatile long sent;
  private boolean sending;
  private boolean resting;
  private boolean abandoned;

  /** Adds a copy; gives how many bytes are unsent now. */
  long add(ByteBuffer bytes) {
    int length = bytes.remaining();
    lock.lock();
    try {
      makeRoom((long) waitingBytes + length);
      bytes.get(waiting, waitingBytes, length);
      waitingBytes += length;
      unsent += length;
      return unsent;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom(long needed) {
    if (needed > MOST_BYTES) {
      throw new IllegalStateException("more than " + MOST_BYTES + " bytes would be unsent");
    }
    if (needed > waiting.length) {
      long doubled = Math.min(MOST_BYTES, 2L * waiting.length);
      waiting = Arrays.copyOf(waiting, (int) Math.max(needed, Math.max(doubled, FIRST_BYTES)));
    }
  }

  /** Bytes that have not been sent. */
  long unsent() {
    lock.lock();
    try {
      return unsent;
    } finally {
      lock.unlock();
    }
  }

  /** Whether bytes wait and nobody sends. */
  boolean needsSender() {
    lock.lock();
    try {
      return waitingBytes > 0 && !sending;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that have been sent since the start. */
  long sent() {
    return sent;
  }

  /**
   * Sends everything, unless another thread does so already, which then sends this too.
   *
   * @return whether this call left nothing behind
   */
  boolean send(Sink sink) throws IOException {
    if (!beginSending()) {
      return false;
    }
    boolean complete = false;
    try {
      byte[] bytes = NONE;
      for (int length = next(bytes); length > 0; length = next(bytes)) {
        bytes = spare;
        sendPieces(sink, bytes, length);
      }
      complete = true;
    } finally {
      if (!complete) {
        abandon();
      }
    }
    return true;
  }

  /**
   * Lets nobody send from now on; what is added waits for {@link #resume}.
   *
   * @return false if there is something to send, and then nothing has changed
   */
  boolean rest() {
    lock.lock();
    try {
      resting = unsent == 0 && !sending;
      return resting;
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      resting = false;
    } finally {
      lock.unlock();
    }
  }

  private boolean beginSending() {
    lock.lock();
    try {
      if (sending || resting || abandoned) {
        return false;
      }
      sending = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Swaps the two arrays; 0 when nothing waits, and then sending is over in the same step. */
  private int next(byte[] used) {
    lock.lock();
    try {
      int length = waitingBytes;
      if (length == 0 || abandoned) {
        sending = false;
        spare = NONE;
        waiting = waiting.length == 0 && used.length <= KEPT_BYTES ? used : waiting;
        room.signalAll();
        return 0;
      }
      spare = waiting;
      waiting = used.length > KEPT_BYTES ? NONE : used;
      waitingBytes = 0;
      return length;
    } finally {
      lock.unlock();
    }
  }

  private void sendPieces(Sink sink, byte[] bytes, int length) throws IOException {
    for (int from = 0; from < length; from += PIECE_BYTES) {
      int piece = Math.min(PIECE_BYTES, length - from);
      sink.write(bytes, from, piece);
      lock.lock();
      try {
        unsent -= piece;
        sent += piece;
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until another thread's sending has brought the unsent bytes down to that many. */
  void awaitAtMost(long bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (unsent > bytes && !abandoned) {
        room.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing will be sent any more; nobody waits any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      sending = false;
      waiting = NONE;
      waitingBytes = 0;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
