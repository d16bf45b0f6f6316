package org.acopio.socket.selector;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.acopio.socket.TcpListener;
import org.acopio.socket.TcpTurn;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.delivery.Recipient;

/**
 * Gives what one turn of an event loop brought to the bean in one call: the container's way to a
 * bean costs more than many a message. Used on its loop only.
 */
final class LoopTurn implements TcpTurn {
  private final EventLoop loop;
  private final Bean bean;
  private final Runnable run = this::run;
  private List<LoopInbox> gathered = new ArrayList<>();
  private List<LoopInbox> current = new ArrayList<>();
  private int begun;

  LoopTurn(EventLoop loop, Bean bean) {
    this.loop = loop;
    this.bean = bean;
  }

  /** Its messages are delivered once the loop has read from all sockets that are ready now. */
  void add(LoopInbox inbox) {
    gathered.add(inbox);
    if (gathered.size() > 1) {
      return;
    }
    try {
      loop.execute(run);
    } catch (RejectedExecutionException ending) {
      run();
    }
  }

  private void run() {
    List<LoopInbox> turn = gathered;
    gathered = current;
    current = turn;
    begun = 0;
    if (bean.messages(this) && begun < turn.size()) {
      bean.turnIgnored();
    }
    // Whom the container, or a listener of another mind, did not let through.
    while (begun < turn.size()) {
      turn.get(begun++).fail();
    }
    // Sending may let deliveries go on that had to wait; those are calls of their own.
    turn.forEach(LoopInbox::turnEnded);
    turn.clear();
  }

  @Override
  public void deliver(TcpListener listener) {
    Recipient recipient = bean.inside(listener);
    while (begun < current.size()) {
      current.get(begun++).deliverTurn(recipient);
    }
  }
}
