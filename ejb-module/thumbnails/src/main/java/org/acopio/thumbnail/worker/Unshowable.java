package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.io.Serial;
import org.acopio.thumbnail.Reason;

/** A file of which there is no picture, for a reason that is known. */
final class Unshowable extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  Unshowable(Reason reason) {
    super(reason.word());
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
