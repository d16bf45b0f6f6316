package org.acopio.client.send;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/** Server and agent do not come together because of who they are, or cannot show it. */
final class AccessException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final ServerTrouble.Code code;
  private final boolean again;

  /** Trying again is of no use. */
  AccessException(ServerTrouble.Code code, String detail) {
    this(code, detail, false, null);
  }

  AccessException(ServerTrouble.Code code, String detail, boolean again, Throwable cause) {
    super(detail, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.again = again;
  }

  ServerTrouble.Code code() {
    return code;
  }

  /** True when a later try may succeed. */
  boolean again() {
    return again;
  }

  /** What the server or the system said of it, or which file it is about; may be empty. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
