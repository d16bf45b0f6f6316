package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.socket.delivery.Bean;
import org.jspecify.annotations.Nullable;

/**
 * Delivers on the workers: one at a time for this connection, and after a few items behind whatever
 * else waits, so that no busy connection keeps a worker.
 */
final class WorkerInbox implements Inbox, Workers.Task {
  /** So many reads may wait for a worker before reading stops. */
  private static final int MOST_WAITING = 16;

  private static final int ITEMS_IN_A_ROW = 16;

  private final SelectorConnection connection;
  private final Delivery delivery;
  private final Workers workers;
  private final int mostBytes;
  private final Queue<Object> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger items = new AtomicInteger();
  private final AtomicInteger bytes = new AtomicInteger();

  /** Calls for work that are not answered; above zero while the connection is with the workers. */
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * Reading may have stopped. Said before the last look at what waits, and read after something was
   * taken away: so one of both sides sees the other's.
   */
  private volatile boolean full;

  private @Nullable Object current;

  WorkerInbox(SelectorConnection connection, Delivery delivery, Workers workers, int mostBytes) {
    this.connection = connection;
    this.delivery = delivery;
    this.workers = workers;
    this.mostBytes = mostBytes;
  }

  @Override
  public void add(Object item) {
    items.incrementAndGet();
    bytes.addAndGet(size(item));
    queue.add(item);
    resume();
  }

  private static int size(Object item) {
    return item instanceof ByteBuf chunk ? chunk.readableBytes() : 0;
  }

  @Override
  public void resume() {
    if (calls.getAndIncrement() == 0) {
      workers.execute(this);
    }
  }

  @Override
  public boolean crowded() {
    if (!tooMuch()) {
      return false;
    }
    full = true;
    return tooMuch();
  }

  private boolean tooMuch() {
    return items.get() >= MOST_WAITING || bytes.get() > mostBytes;
  }

  @Override
  public Client client() {
    return new Client(connection.remoteAddress().getAddress(), connection.group());
  }

  @Override
  public void run(Bean bean) {
    int answered = calls.get();
    for (int i = 0; i < ITEMS_IN_A_ROW; i++) {
      if (!deliverNext(bean)) {
        if (calls.addAndGet(-answered) != 0) {
          workers.execute(this);
        }
        return;
      }
    }
    workers.execute(this);
  }

  /** Whether there may be more to do at once. */
  private boolean deliverNext(Bean bean) {
    Object item = current == null ? queue.poll() : current;
    if (item == null) {
      return false;
    }
    int size = current == null ? size(item) : 0;
    current = null;
    // A buffer is gone once it is delivered, so its size is taken before.
    bytes.addAndGet(-size);
    if (!delivery.deliver(item, bean)) {
      current = item;
      return false;
    }
    items.decrementAndGet();
    if (full && !tooMuch()) {
      full = false;
      connection.readAgain();
    }
    return true;
  }
}
