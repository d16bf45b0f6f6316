package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What other threads have written and the event loop has not taken over yet. Thread-safe. */
final class Outbox {
  private final Queue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean announced = new AtomicBoolean();

  /** Whether the event loop has to be told; it is told once until it empties the box. */
  boolean add(ByteBuf buffer) {
    bytes.addAndGet(buffer.readableBytes());
    buffers.add(buffer);
    return announced.compareAndSet(false, true);
  }

  /** To be called before the box is emptied. */
  void emptying() {
    announced.set(false);
  }

  @Nullable ByteBuf poll() {
    ByteBuf buffer = buffers.poll();
    if (buffer != null) {
      bytes.addAndGet(-buffer.readableBytes());
    }
    return buffer;
  }

  boolean isEmpty() {
    return buffers.isEmpty();
  }

  long bytes() {
    return bytes.get();
  }

  void discard() {
    for (ByteBuf buffer = poll(); buffer != null; buffer = poll()) {
      buffer.release();
    }
  }
}
