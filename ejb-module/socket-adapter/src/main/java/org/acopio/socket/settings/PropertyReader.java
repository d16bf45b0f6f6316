package org.acopio.socket.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the values of properties into types, and says what is wrong with one. */
final class PropertyReader {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Function<Property, String> values;
  private final Expressions expressions;

  PropertyReader(Function<Property, String> values, Expressions expressions) {
    this.values = values;
    this.expressions = expressions;
  }

  String text(Property property) {
    return expressions.resolve(property, values.apply(property)).strip();
  }

  /** As it stands, with spaces and line ends. */
  String exactText(Property property) {
    return expressions.resolve(property, values.apply(property));
  }

  String required(Property property, String when) {
    String value = text(property);
    if (value.isEmpty()) {
      throw InvalidSettingException.bad(property, value, "set when " + when);
    }
    return value;
  }

  int integer(Property property, int from, int to) {
    String value = text(property);
    try {
      int number = Integer.parseInt(value);
      if (number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw InvalidSettingException.bad(property, value, "a whole number" + range(from, to));
    }
    throw InvalidSettingException.bad(property, value, "a whole number" + range(from, to));
  }

  private static String range(int from, int to) {
    return " from " + from + " to " + to;
  }

  Duration duration(Property property) {
    String value = text(property);
    String allowed = "an ISO-8601 duration from PT0S to P365D, such as PT30S";
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException notADuration) {
      throw InvalidSettingException.bad(property, value, allowed);
    }
    throw InvalidSettingException.bad(property, value, allowed);
  }

  boolean flag(Property property) {
    String value = text(property).toLowerCase(Locale.ROOT);
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw InvalidSettingException.bad(property, value, "true or false");
  }

  <E extends Enum<E>> E choice(Property property, Class<E> type) {
    String value = text(property);
    return Arrays.stream(type.getEnumConstants())
        .filter(choice -> word(choice).equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> InvalidSettingException.bad(property, value, "one of " + words(type)));
  }

  private static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(PropertyReader::word)
        .collect(Collectors.joining(", "));
  }

  /** {@code EVENT_LOOP} is written {@code event-loop}. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Some of the allowed words, in their order, each at most once. */
  List<String> words(Property property, List<String> allowed) {
    String value = text(property);
    List<String> words = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    if (!allowed.containsAll(words) || words.stream().distinct().count() < words.size()) {
      throw InvalidSettingException.bad(
          property, value, "a list of some of " + String.join(", ", allowed));
    }
    return words;
  }

  List<Integer> ports(Property property) {
    String value = text(property);
    if (value.isEmpty() || value.equalsIgnoreCase("off")) {
      return List.of();
    }
    List<Integer> ports =
        Arrays.stream(value.split(",", -1)).map(p -> port(property, value, p)).toList();
    long fixed = ports.stream().filter(port -> port != 0).count();
    if (ports.stream().filter(port -> port != 0).distinct().count() < fixed) {
      throw InvalidSettingException.bad(property, value, "a list that has no port twice");
    }
    return ports;
  }

  private static int port(Property property, String value, String text) {
    String allowed = "a list of ports from 0 to 65535 such as '9999,4000', or 'off'";
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notAPort) {
      throw InvalidSettingException.bad(property, value, allowed);
    }
    throw InvalidSettingException.bad(property, value, allowed);
  }

  InetAddress address(Property property) {
    String value = text(property);
    String allowed = "an address of this machine, or 0.0.0.0 or :: for all of them";
    if (value.isEmpty()) {
      throw InvalidSettingException.bad(property, value, allowed);
    }
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException unknown) {
      throw InvalidSettingException.bad(property, value, allowed);
    }
  }
}
