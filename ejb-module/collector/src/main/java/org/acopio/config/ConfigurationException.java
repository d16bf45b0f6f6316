package org.acopio.config;

import java.io.Serial;

/** A setting that cannot be used. The message names the key, the value and the remedy. */
public final class ConfigurationException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }

  ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
