package org.acopio.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * A setting as the server has it.
 *
 * @param key which
 * @param shown its value; a password is blotted out
 * @param source who said so
 */
public record SettingInForce(Key key, String shown, Source source) {
  private static final String BLOT = "•••";

  /** Who can say what a setting is. */
  public enum Source {
    /** Nobody: it is as it comes. */
    DEFAULT,
    /** {@code -DKEY=VALUE}, or an option of the command line. */
    COMMAND_LINE,
    /** A variable of the environment. */
    ENVIRONMENT,
    /** Anything else that MicroProfile Config reads. */
    FILE;

    /** For programs. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Every setting, in the order of the table in the documents. */
  public static List<SettingInForce> all(Config config) {
    return Arrays.stream(Key.values())
        .map(key -> of(key, config.getConfigValue(key.key())))
        .toList();
  }

  private static SettingInForce of(Key key, ConfigValue found) {
    String value = found.getValue() == null ? key.fallback() : found.getValue().strip();
    // The launcher passes on what it found, so what equals the default counts as such.
    Source source =
        value.equals(key.fallback()) ? Source.DEFAULT : source(found.getSourceOrdinal());
    return new SettingInForce(key, shown(key, value), source);
  }

  /** The ordinals that MicroProfile Config gives to its own sources. */
  private static Source source(int ordinal) {
    return switch (ordinal) {
      case 400 -> Source.COMMAND_LINE;
      case 300 -> Source.ENVIRONMENT;
      default -> Source.FILE;
    };
  }

  private static String shown(Key key, String value) {
    if (key == Key.CATALOG_PASSWORD) {
      return value.isEmpty() ? "" : BLOT;
    }
    return key == Key.CATALOG_URL
        ? value
            .replaceAll("(?i)(password=)[^;&]*", "$1" + BLOT)
            .replaceAll("//[^/@]*@", "//" + BLOT + "@")
        : value;
  }
}
