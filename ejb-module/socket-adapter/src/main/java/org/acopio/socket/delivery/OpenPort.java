package org.acopio.socket.delivery;

import java.time.Duration;

/** A port that is listened on. Its methods are called in the order in which they stand here. */
public interface OpenPort {
  /** What its connections have in common. */
  Port port();

  /** Begins to accept connections, which have waited in the backlog until now. */
  void serve();

  /** Closes the listening socket and asks each connection to end once it has been answered. */
  void beginStop();

  /**
   * Waits for the connections to end.
   *
   * @return whether all did in that time
   * @throws InterruptedException if the caller is to hurry
   */
  boolean awaitConnections(Duration most) throws InterruptedException;

  /**
   * Closes the connections that are left and ends the threads of this port.
   *
   * @return how many connections were left
   */
  int cut();
}
