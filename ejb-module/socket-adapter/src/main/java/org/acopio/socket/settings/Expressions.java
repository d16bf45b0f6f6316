package org.acopio.socket.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${key}</code> and <code>${key:default}</code> in the values of properties, so that
 * nothing hangs on one container's own substitution. A key is looked up as a system property, then
 * in the environment by the rule of MicroProfile Config (the exact name; each character that is no
 * ASCII letter, digit or {@code _} as {@code _}; that in upper case), then in MicroProfile Config
 * where it is there. A default runs to the next closing brace and is taken as it stands.
 */
public final class Expressions {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}:]++)(?::([^}]*+))?+}");

  private final Function<String, Optional<String>> properties;
  private final Function<String, Optional<String>> environment;
  private final Function<String, Optional<String>> config;

  /** Looks up in the given three places, in that order. */
  Expressions(
      Function<String, Optional<String>> properties,
      Function<String, Optional<String>> environment,
      Function<String, Optional<String>> config) {
    this.properties = properties;
    this.environment = environment;
    this.config = config;
  }

  /** Looks up in this JVM. */
  public static Expressions ofThisJvm() {
    return new Expressions(
        key -> Optional.ofNullable(System.getProperty(key)),
        name -> Optional.ofNullable(System.getenv(name)),
        MicroProfileValues::find);
  }

  /**
   * The value with every expression replaced.
   *
   * @throws InvalidSettingException if a key is defined nowhere and has no default
   */
  String resolve(Property property, String value) {
    Matcher matcher = EXPRESSION.matcher(value);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String found = find(matcher.group(1)).orElse(matcher.group(2));
      if (found == null) {
        throw unresolved(property, matcher.group(1));
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(found));
    }
    return matcher.appendTail(resolved).toString();
  }

  private Optional<String> find(String key) {
    return properties
        .apply(key)
        .or(() -> environment.apply(key))
        .or(() -> environment.apply(variable(key)))
        .or(() -> environment.apply(variable(key).toUpperCase(Locale.ROOT)))
        .or(() -> config.apply(key));
  }

  private static InvalidSettingException unresolved(Property property, String key) {
    String variable = variable(key).toUpperCase(Locale.ROOT);
    return new InvalidSettingException(
        property, Failure.UNRESOLVED.text(property.key(), key, variable));
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
