package org.acopio.client.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import org.acopio.client.send.ServerAddress;

/** Asks the person whether to go on. */
final class Confirmation {
  private Confirmation() {}

  /** Enter goes on; a word that begins with n, or the end of the input, does not. */
  static boolean ask(Terminal terminal, PrintStream on, ServerAddress server) throws IOException {
    on.print(terminal.text("collect.confirm", server));
    on.flush();
    String answer = terminal.in().readLine();
    if (answer == null) {
      on.println();
      return false;
    }
    return !answer.strip().toLowerCase(Locale.ROOT).startsWith("n");
  }
}
