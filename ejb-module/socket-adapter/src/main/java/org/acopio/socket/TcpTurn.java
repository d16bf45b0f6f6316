package org.acopio.socket;

/**
 * The messages that one turn of an event loop brought to the connections of one port.
 *
 * @see TcpListener#messages
 */
public interface TcpTurn {
  /**
   * Calls {@link TcpListener#message} for each message, for each connection in the order in which
   * they arrived, and what else was to be told of the same connections after them. To be called
   * once, inside {@link TcpListener#messages}, on its thread. A call that throws costs its own
   * connection only.
   *
   * @param listener the bean itself, not a reference that leads through the container again
   */
  void deliver(TcpListener listener);
}
