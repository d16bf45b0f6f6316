package org.acopio.remote;

import java.io.Serial;

/** Packed bytes that are not what they claim to be. */
final class WireException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }
}
