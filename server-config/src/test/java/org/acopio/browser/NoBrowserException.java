package org.acopio.browser;

/**
 * There is no Chromium on this machine, and none could be installed; the message says what helps.
 */
final class NoBrowserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoBrowserException(String message) {
    super(message);
  }
}
