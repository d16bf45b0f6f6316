package org.acopio.client.command;

import java.time.Duration;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.talk.TalkException;

/**
 * What a command that talks in plain bytes was asked for.
 *
 * @param server whom it talks to
 * @param timeout how long the connection, and each whole answer, is waited for
 */
record TalkOptions(ServerAddress server, Duration timeout) {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String OPTION = "--timeout";
  private static final String HOST = "localhost";
  private static final long MAX_TIMEOUT_SECONDS = 86_400;

  static Syntax addTo(Syntax syntax) {
    return syntax.value("SECONDS", OPTION).flag("-h", "--help").optionalValue("HOST[:PORT]");
  }

  static TalkOptions of(Syntax.Arguments arguments, Terminal terminal, int defaultPort)
      throws UsageException {
    String timeout = arguments.value(OPTION, Long.toString(TIMEOUT.toSeconds()));
    return new TalkOptions(
        ServerOption.parse(arguments.optionalValue(HOST), defaultPort, terminal),
        Duration.ofSeconds(ServerOption.number(terminal, OPTION, timeout, 1, MAX_TIMEOUT_SECONDS)));
  }

  /** Tells why a conversation could not begin or go on, and what came of an answer. */
  Exit failed(TalkException e, Terminal terminal) {
    boolean begun =
        e.kind() == TalkException.Kind.ENDED_EARLY || e.kind() == TalkException.Kind.SLOW;
    if (begun && !e.heard().isBlank()) {
      terminal.out().println(PathText.printable(e.heard().strip()));
    }
    terminal.out().flush();
    terminal.complain(new TroubleText(terminal.messages()).of(e, this));
    return switch (e.kind()) {
      case DIFFERENT, TOO_MUCH -> Exit.PARTIAL;
      case INTERRUPTED -> Exit.INTERRUPTED;
      default -> Exit.UNREACHABLE;
    };
  }
}
