package org.acopio.launch;

/** The administrator's command cannot be done; the message says why and what to do. */
final class AdminException extends RuntimeException {
  static final int REFUSED = 1;
  static final int NO_SERVER = 3;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  AdminException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  AdminException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
