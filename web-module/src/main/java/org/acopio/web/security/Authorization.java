package org.acopio.web.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in an {@code Authorization} header. */
sealed interface Authorization {
  /** RFC 6750. */
  record Bearer(String token) implements Authorization {}

  /** RFC 7617, in UTF-8. */
  record Basic(String name, String password) implements Authorization {}

  /** Longer ones are nobody's; bounds what is decoded. */
  int MOST = 2_048;

  /** What the header says; nothing when it is absent or of another scheme or form. */
  static Optional<Authorization> of(@Nullable String header) {
    if (header == null || header.length() > MOST) {
      return Optional.empty();
    }
    int space = header.indexOf(' ');
    String rest = space < 0 ? "" : header.substring(space + 1).strip();
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    // The name of the scheme may have any letter case (RFC 9110, 11.1).
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(new Bearer(rest));
      case "basic" -> basic(rest);
      default -> Optional.empty();
    };
  }

  private static Optional<Authorization> basic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      // Not Base64, so nobody's.
      return Optional.empty();
    }
  }
}
