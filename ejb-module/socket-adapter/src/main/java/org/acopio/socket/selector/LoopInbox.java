package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.delivery.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Delivers on the event loop: at once, unless a delivery runs or has to wait, or messages are
 * gathered for a turn.
 */
final class LoopInbox implements Inbox {
  private final SelectorConnection connection;
  private final Delivery delivery;
  private final Bean bean;
  private final @Nullable LoopTurn turn;
  private @Nullable Deque<Object> waiting;
  private boolean delivering;

  /** What waits, waits for nothing but its turn. */
  private boolean inTurn;

  LoopInbox(SelectorConnection connection, Delivery delivery, Lane lane) {
    this.connection = connection;
    this.delivery = delivery;
    this.bean = lane.bean();
    this.turn = lane.turn().orElse(null);
  }

  @Override
  public void add(Object item) {
    if (delivering || waits()) {
      queue().addLast(item);
    } else if (turn != null && item instanceof ByteBuf) {
      queue().addLast(item);
      inTurn = true;
      turn.add(this);
    } else {
      deliver(item);
    }
  }

  private void deliver(Object item) {
    delivering = true;
    boolean finished = delivery.deliver(item, bean);
    delivering = false;
    if (!finished) {
      queue().addFirst(item);
    }
    resume();
  }

  /** Its turn has come. */
  void deliverTurn(Recipient recipient) {
    inTurn = false;
    connection.turnBegins();
    drain(recipient);
  }

  /** The call to the listener is over. */
  void turnEnded() {
    connection.turnEnds();
  }

  /** Its turn has come, but the listener could not be reached. */
  void fail() {
    inTurn = false;
    connection.finish(CloseReason.FAILURE);
    drain(bean);
  }

  @Override
  public void resume() {
    if (!delivering && !inTurn) {
      drain(bean);
    }
  }

  private void drain(Recipient recipient) {
    Deque<Object> queue = waiting;
    if (queue == null) {
      return;
    }
    delivering = true;
    while (!queue.isEmpty() && delivery.deliver(queue.peekFirst(), recipient)) {
      queue.removeFirst();
    }
    delivering = false;
    if (turn == null && queue.isEmpty()) {
      waiting = null;
    }
  }

  @Override
  public boolean crowded() {
    return !inTurn && waits();
  }

  private boolean waits() {
    return waiting != null && !waiting.isEmpty();
  }

  private Deque<Object> queue() {
    Deque<Object> queue = waiting;
    if (queue == null) {
      queue = new ArrayDeque<>(2);
      waiting = queue;
    }
    return queue;
  }
}
