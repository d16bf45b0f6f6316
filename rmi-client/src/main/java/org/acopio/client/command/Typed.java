package org.acopio.client.command;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line that a person typed.
 *
 * @param text its beginning at least; without its end of line
 * @param whole false when the line was longer than what is kept of it
 */
record Typed(String text, boolean whole) {
  /** The line in UTF-8; nothing when that is longer than allowed. */
  Optional<byte[]> bytes(int most) {
    if (!whole || text.length() > most) {
      return Optional.empty();
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length > most ? Optional.empty() : Optional.of(bytes);
  }
}
