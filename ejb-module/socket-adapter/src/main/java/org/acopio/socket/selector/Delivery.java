package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Recipient;
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
  boolean deliver(Object item, Recipient recipient) {
    if (item instanceof ByteBuf chunk) {
      boolean finished = bytes(chunk, recipient);
      if (finished) {
        unfinished = null;
        chunk.release();
      }
      return finished;
    }
    event((Event) item, recipient);
    return true;
  }

  private boolean bytes(ByteBuf chunk, Recipient recipient) {
    ByteBuffer input = unfinished;
    if (input == null) {
      input = chunk.internalNioBuffer(chunk.readerIndex(), chunk.readableBytes());
    }
    int messages = 0;
    try {
      ByteBuffer message;
      while (connection.mayDeliver() && (message = decoder.next(input)) != null) {
        messages++;
        message(message, recipient);
      }
    } catch (FrameException broken) {
      connection.finish(CloseReason.PROTOCOL);
    }
    connection.delivered(messages);
    unfinished = input;
    return !connection.isOpen() || !input.hasRemaining();
  }

  private void message(ByteBuffer message, Recipient recipient) {
    connection.nextMessage();
    if (!recipient.message(connection, message)) {
      connection.finish(CloseReason.FAILURE);
    }
  }

  private void event(Event event, Recipient recipient) {
    switch (event) {
      case OPENED -> opened(recipient);
      case INPUT_ENDED -> inputEnded(recipient);
      case STOP -> connection.finish(CloseReason.STOPPED);
      case CLOSED -> connection.closed(recipient);
    }
  }

  private void opened(Recipient recipient) {
    if (!recipient.opened(connection)) {
      connection.finish(CloseReason.FAILURE);
    }
  }

  private void inputEnded(Recipient recipient) {
    if (!connection.isOpen()) {
      return;
    }
    try {
      ByteBuffer last = decoder.end();
      if (last != null) {
        message(last, recipient);
        connection.delivered(1);
      }
      if (connection.isOpen()) {
        connection.finish(
            recipient.inputEnded(connection) ? CloseReason.PEER : CloseReason.FAILURE);
      }
    } catch (FrameException cutShort) {
      connection.finish(CloseReason.PROTOCOL);
    }
  }
}
