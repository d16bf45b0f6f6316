package org.acopio.remote;

import java.io.InvalidObjectException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes values of bytes that came in a stream of objects, where anything can stand. */
final class Received {
  private Received() {}

  /** The value, or the one exception that a stream of objects knows for what is none. */
  static <T> T received(byte @Nullable [] bytes, Function<byte[], T> of)
      throws InvalidObjectException {
    if (bytes == null) {
      throw new InvalidObjectException("a value came without its bytes");
    }
    try {
      return of.apply(bytes);
    } catch (IllegalArgumentException e) {
      InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
      invalid.initCause(e);
      throw invalid;
    }
  }
}
