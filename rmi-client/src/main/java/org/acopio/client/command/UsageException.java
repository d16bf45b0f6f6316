package org.acopio.client.command;

import java.io.Serial;

/** The command line asks for what cannot be done. The message is for the person, in their words. */
final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
