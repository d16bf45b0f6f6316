package org.acopio.socket.settings;

/** What one call of the container brings to a listener. */
public enum DeliveryUnit {
  /** A message. */
  MESSAGE,
  /** All messages that one turn of an event loop has brought. */
  TURN
}
