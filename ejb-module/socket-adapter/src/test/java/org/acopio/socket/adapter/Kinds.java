package org.acopio.socket.adapter;

import java.util.stream.Stream;

/** The three ways to call a listener, as properties. */
final class Kinds {
  private Kinds() {}

  static String[] of(String kind, String... others) {
    String[] chosen =
        kind.equals("thread")
            ? new String[] {"concurrency", "thread"}
            : new String[] {"concurrency", "selector", "execution", kind};
    return Stream.concat(Stream.of(chosen), Stream.of(others)).toArray(String[]::new);
  }
}
