package org.acopio.socket.selector;

import java.util.ArrayDeque;
import java.util.Deque;
import org.acopio.socket.delivery.Bean;
import org.jspecify.annotations.Nullable;

/** Delivers on the event loop: at once, unless a delivery runs or has to wait. */
final class LoopInbox implements Inbox {
  private final Delivery delivery;
  private final Bean bean;
  private @Nullable Deque<Object> waiting;
  private boolean delivering;

  LoopInbox(Delivery delivery, Bean bean) {
    this.delivery = delivery;
    this.bean = bean;
  }

  @Override
  public void add(Object item) {
    if (delivering || crowded()) {
      queue().addLast(item);
      return;
    }
    delivering = true;
    boolean finished = delivery.deliver(item, bean);
    delivering = false;
    if (!finished) {
      queue().addFirst(item);
    }
    resume();
  }

  @Override
  public void resume() {
    Deque<Object> queue = waiting;
    if (delivering || queue == null) {
      return;
    }
    delivering = true;
    while (!queue.isEmpty() && delivery.deliver(queue.peekFirst(), bean)) {
      queue.removeFirst();
    }
    delivering = false;
    if (queue.isEmpty()) {
      waiting = null;
    }
  }

  @Override
  public boolean crowded() {
    return waiting != null && !waiting.isEmpty();
  }

  private Deque<Object> queue() {
    Deque<Object> queue = waiting;
    if (queue == null) {
      queue = new ArrayDeque<>();
      waiting = queue;
    }
    return queue;
  }
}
