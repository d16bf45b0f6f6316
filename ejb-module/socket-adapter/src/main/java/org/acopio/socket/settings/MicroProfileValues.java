package org.acopio.socket.settings;

import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Values of MicroProfile Config, in containers that have it. */
final class MicroProfileValues {
  private MicroProfileValues() {}

  /** The value of a key; empty also where there is no MicroProfile Config. */
  static Optional<String> find(String key) {
    try {
      return Lookup.find(key);
    } catch (NoClassDefFoundError | IllegalStateException absent) {
      // Not on the class path, or no configuration for this class loader: it is optional.
      return Optional.empty();
    }
  }

  /** A class of its own, so that this one loads without MicroProfile Config. */
  private static final class Lookup {
    private Lookup() {}

    static Optional<String> find(String key) {
      return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    }
  }
}
