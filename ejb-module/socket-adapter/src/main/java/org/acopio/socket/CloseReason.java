package org.acopio.socket;

/** Why a connection ended. */
public enum CloseReason {
  /** The peer shut down its side and has been answered. */
  PEER,
  /** {@link TcpConnection#close} was called. */
  LOCAL,
  /** The connection broke: a reset, or a network that failed. */
  RESET,
  /** No byte came before the first-byte deadline. */
  FIRST_BYTE,
  /** No byte passed in either direction for the idle deadline. */
  IDLE,
  /** A frame that is too long or cut short, a bad PROXY header, or a TLS handshake that failed. */
  PROTOCOL,
  /** The listener threw. */
  FAILURE,
  /** The endpoint was stopped. */
  STOPPED
}
