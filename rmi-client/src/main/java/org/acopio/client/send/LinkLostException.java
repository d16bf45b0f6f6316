package org.acopio.client.send;

import java.io.Serial;

/** The link of a call is of no use any more: get the present one, offer again, and go on. */
final class LinkLostException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  LinkLostException(Throwable cause) {
    super(cause);
  }
}
