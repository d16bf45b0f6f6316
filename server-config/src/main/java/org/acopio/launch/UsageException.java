package org.acopio.launch;

/** What was typed cannot be understood; the message says what would be. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
