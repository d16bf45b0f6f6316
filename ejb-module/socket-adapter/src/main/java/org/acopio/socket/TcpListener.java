package org.acopio.socket;

import java.nio.ByteBuffer;

/**
 * The message listener type of the TCP resource adapter: what a message-driven bean implements to
 * serve connections.
 *
 * <p>For each connection the adapter calls {@link #opened}, then {@link #message} for each message
 * in the order in which they arrived, then {@link #inputEnded} if the peer shut down its side, and
 * at last {@link #closed}, always exactly once. Calls for one connection never overlap, but may
 * come from different threads and reach different instances of a bean: what belongs to a connection
 * is kept with {@link TcpConnection#attach}.
 *
 * <p>With {@code concurrency=selector} and {@code execution=event-loop} the calls come from an
 * event loop that serves many connections, so an implementation must not block there. Activations
 * whose listener may block use {@code execution=worker} or {@code concurrency=thread}.
 *
 * <p>A listener that throws loses its connection ({@link CloseReason#FAILURE}); others are not
 * touched.
 */
public interface TcpListener {
  /** A connection is there; with TLS or the PROXY protocol after they are done. */
  void opened(TcpConnection connection);

  /**
   * A message arrived: what one read brought ({@code raw}), a line with its line end ({@code
   * line}), or a frame without its length ({@code length}).
   *
   * @param message read-only, from position to limit, valid until this call returns
   */
  void message(TcpConnection connection, ByteBuffer message);

  /**
   * Messages of any number of connections, when the activation's {@code deliveryUnit} is {@code
   * turn}: one call of the container for all that a turn of an event loop brought. What the
   * container does around a call (a transaction, interceptors, the request scope) then happens once
   * for the turn.
   *
   * <p>A bean that sets a transaction attribute for its class declares this method too, with the
   * same body: the attribute holds for the methods of that class only (Jakarta Enterprise Beans 4.0
   * §8.3.7), and the container would open a transaction around each turn.
   *
   * @param turn valid until this call returns
   */
  default void messages(TcpTurn turn) {
    turn.deliver(this);
  }

  /**
   * The peer sends no more; it may still read. When this returns, what was written is sent and the
   * connection is closed.
   */
  void inputEnded(TcpConnection connection);

  /** The connection is over; nothing can be written any more. */
  void closed(TcpConnection connection, CloseReason reason);
}
