package org.acopio.client.command;

import java.util.Optional;

/** Words for a command that needs more memory than it has. */
final class Memory {
  private Memory() {}

  /**
   * What to do about a failure whose cause, in whichever thread, is that memory ran out; nothing
   * when it has another one. To be asked when what took the memory is out of reach.
   */
  static Optional<String> complaint(Throwable failure, Terminal terminal) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof OutOfMemoryError) {
        long bytes = Runtime.getRuntime().maxMemory();
        String size = new Units(terminal.messages()).size(bytes);
        return Optional.of(terminal.text("memory", size, Long.toString(2 * bytes >> 20)));
      }
    }
    return Optional.empty();
  }
}
