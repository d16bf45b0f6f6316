package org.acopio.socket.settings;

/** Where a listener of a selector endpoint is called. */
public enum Execution {
  /** On the event loop itself: it must not block. */
  EVENT_LOOP,
  /** On a worker thread, in order for each connection: it may block. */
  WORKER
}
