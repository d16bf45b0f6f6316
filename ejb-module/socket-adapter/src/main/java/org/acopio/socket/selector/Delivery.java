package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.frame.FrameDecoder;
import org.acopio.socket.frame.FrameException;
import org.jspecify.annotations.Nullable;

/**
 * Gives one connection's events to its listener, in order. One thread at a time. It can stop inside
 * what was read, when answers pile up, and go on from there.
 */
final class Delivery {
  /** What happens to a connection besides bytes. */
  enum Event {
    OPENED,
    INPUT_ENDED,
    STOP,
    CLOSED
  }

  private final SelectorConnection connection;
  private final FrameDecoder decoder;
  private @Nullable ByteBuffer unfinished;

  Delivery(SelectorConnection connection, FrameDecoder decoder) {
    this.connection = connection;
    this.decoder = decoder;
  }

  /**
   * Delivers bytes or an event.
   *
   * @param item a buffer, which is released once it is finished, or an {@link Event}
   * @return {@code false} if the same item has to be given again when answers have been sent
   */
  boolean deliver(Object item, Bean bean) {
    if (item instanceof ByteBuf chunk) {
      boolean finished = bytes(chunk, bean);
      if (finished) {
        unfinished = null;
        chunk.release();
      }
      return finished;
    }
    event((Event) item, bean);
    return true;
  }

  private boolean bytes(ByteBuf chunk, Bean bean) {
    ByteBuffer input = unfinished;
    if (input == null) {
      input = chunk.internalNioBuffer(chunk.readerIndex(), chunk.readableBytes());
    }
    int messages = 0;
    try {
      ByteBuffer message;
      while (connection.mayDeliver() && (message = decoder.next(input)) != null) {
        messages++;
        message(message, bean);
      }
    } catch (FrameException broken) {
      connection.finish(CloseReason.PROTOCOL);
    }
    connection.delivered(messages);
    unfinished = input;
    return !connection.isOpen() || !input.hasRemaining();
  }

  private void message(ByteBuffer message, Bean bean) {
    connection.nextMessage();
    if (!bean.message(connection, message)) {
      connection.finish(CloseReason.FAILURE);
    }
  }

  private void event(Event event, Bean bean) {
    switch (event) {
      case OPENED -> opened(bean);
      case INPUT_ENDED -> inputEnded(bean);
      case STOP -> connection.finish(CloseReason.STOPPED);
      case CLOSED -> connection.closed(bean);
    }
  }

  private void opened(Bean bean) {
    if (!bean.opened(connection)) {
      connection.finish(CloseReason.FAILURE);
    }
  }

  private void inputEnded(Bean bean) {
    if (!connection.isOpen()) {
      return;
    }
    try {
      ByteBuffer last = decoder.end();
      if (last != null) {
        message(last, bean);
        connection.delivered(1);
      }
      if (connection.isOpen()) {
        connection.finish(bean.inputEnded(connection) ? CloseReason.PEER : CloseReason.FAILURE);
      }
    } catch (FrameException cutShort) {
      connection.finish(CloseReason.PROTOCOL);
    }
  }
}
