package org.acopio.socket.thread;

import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.frame.FrameDecoder;
import org.acopio.socket.frame.FrameException;

/** The calls to one connection's listener, each with a bean that is borrowed for it. */
final class Conversation {
  private final ThreadConnection connection;
  private final BeanPool beans;
  private final FrameDecoder decoder;

  Conversation(ThreadConnection connection, BeanPool beans) {
    this.connection = connection;
    this.beans = beans;
    this.decoder =
        connection
            .port()
            .settings()
            .framing()
            .decoder(connection.port().settings().maxFrameBytes());
  }

  private interface Call {
    boolean on(Bean bean);
  }

  void open() throws InterruptedException {
    call(bean -> bean.opened(connection));
  }

  /** Delivers messages until the input is used up, answers pile up, or the connection ends. */
  void deliver(ByteBuffer input) throws InterruptedException {
    call(
        bean -> {
          boolean well = true;
          try {
            ByteBuffer message;
            while (well
                && connection.isOpen()
                && !connection.crowded()
                && (message = decoder.next(input)) != null) {
              well = message(bean, message);
            }
          } catch (FrameException broken) {
            connection.finish(CloseReason.PROTOCOL);
          }
          return well;
        });
  }

  private boolean message(Bean bean, ByteBuffer message) {
    connection.nextMessage();
    return bean.message(connection, message);
  }

  /** The peer sends no more. */
  void end() throws InterruptedException {
    call(
        bean -> {
          try {
            ByteBuffer last = decoder.end();
            boolean well =
                (last == null || message(bean, last))
                    && (!connection.isOpen() || bean.inputEnded(connection));
            if (well) {
              connection.finish(CloseReason.PEER);
            }
            return well;
          } catch (FrameException cutShort) {
            connection.finish(CloseReason.PROTOCOL);
            return true;
          }
        });
  }

  /** The last call of all; a thread that is to end at once makes it without waiting. */
  void close() {
    connection.closedCounted();
    try {
      call(bean -> bean.closed(connection, connection.ended()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(Call call) throws InterruptedException {
    Bean bean = beans.take();
    try {
      if (!call.on(bean)) {
        connection.finish(CloseReason.FAILURE);
      }
    } finally {
      beans.give(bean);
    }
  }
}
