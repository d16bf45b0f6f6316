package org.acopio.socket.adapter;

import java.util.stream.Stream;

/** The ways to call a listener, as properties. */
final class Kinds {
  private Kinds() {}

  static String[] of(String kind, String... others) {
    String[] chosen =
        switch (kind) {
          case "thread" -> new String[] {"concurrency", "thread"};
          case "turn" -> new String[] {"concurrency", "selector", "deliveryUnit", "turn"};
          default -> new String[] {"concurrency", "selector", "execution", kind};
        };
    return Stream.concat(Stream.of(chosen), Stream.of(others)).toArray(String[]::new);
  }
}
