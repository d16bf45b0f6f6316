package org.acopio.client.send;

import java.io.Serial;

/** A file is not what it was offered as, or changed while it was read. */
final class ChangedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final FileTrouble.Code code;

  /**
   * @param code {@code CHANGED}, {@code GREW} or {@code SHRANK}
   */
  ChangedException(FileTrouble.Code code) {
    super(code.name());
    this.code = code;
  }

  FileTrouble.Code code() {
    return code;
  }
}
