package org.acopio.socket.frame;

/** The peer broke the rules of framing or of the PROXY protocol; it has no stack trace. */
public final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  FrameException(String message) {
    super(message, null, false, false);
  }
}
