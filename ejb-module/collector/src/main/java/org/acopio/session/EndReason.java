package org.acopio.session;

import java.util.Locale;

/** Why a session ended. */
public enum EndReason {
  /** The client closed the connection. */
  PEER,
  /** The protocol was over, as after {@code SALIR}. */
  LOCAL,
  /** A person at the server closed it. */
  ADMINISTRATOR,
  /** The connection broke. */
  RESET,
  /** Nothing came in time after connecting. */
  FIRST_BYTE,
  /** Nothing passed for too long. */
  IDLE,
  /** The client did not keep the protocol. */
  PROTOCOL,
  /** The server failed at it. */
  FAILURE,
  /** The server stopped. */
  STOPPED;

  /** The name for people, programs and the catalog, such as {@code first-byte}; never changes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
