package org.acopio.socket.selector;

/** Brings one connection's bytes and events to its {@link Delivery}, in order. */
interface Inbox {
  /**
   * Takes what happened next; on the event loop.
   *
   * @param item a buffer, which is taken over, or a {@link Delivery.Event}
   */
  void add(Object item);

  /** Goes on where answers had piled up. */
  void resume();

  /** Whether so much waits that nothing should be read for now. */
  boolean crowded();
}
