package org.acopio.client.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.acopio.client.scan.Journal;
import org.acopio.client.scan.JournalException;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.Identities;
import org.acopio.client.send.Invitation;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendListener;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;

/** {@code acopio enrol}: makes this PC known to a server, by the code that the server showed. */
final class EnrolCommand implements Command {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** In the place of a code: it is read from the standard input, where no process list has it. */
  private static final String TYPED = "-";

  private final Terminal terminal;
  private final Servers servers;
  private final Syntax syntax;

  EnrolCommand(Terminal terminal, Servers servers, boolean described) {
    this.terminal = terminal;
    this.servers = servers;
    this.syntax =
        JournalOption.addTo(ServerOption.addTo(new Syntax(terminal, "enrol", described)))
            .flag("--json")
            .flag("-h", "--help")
            .optionalValue("CODE");
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    ServerAddress server = ServerOption.server(arguments, terminal);
    Duration patience = ServerOption.patience(arguments, terminal, PATIENCE);
    Path directory = JournalOption.journal(arguments, terminal);
    String given = arguments.optionalValue("");
    if (given.isEmpty()) {
      throw new UsageException(terminal.text("enrol.none"));
    }
    Invitation invitation = invitation(terminal, given);
    CollectView view =
        arguments.has("--json")
            ? new JsonView(terminal, server)
            : new TextView(terminal, server, false);
    try (Journal journal =
        Journal.open(directory, terminal.clock(), new CollectCommand.Notices(view))) {
      Enrolment.Request request = request(terminal, invitation, journal, patience);
      view.enrolled(servers.enrol(server, request, new Waiting(view)));
      return Exit.DONE;
    } catch (JournalException e) {
      throw JournalOption.unusable(terminal, e);
    } catch (SendException e) {
      Exit exit = ServerOption.exit(e);
      view.failed(e, exit);
      return exit;
    }
  }

  /** The code that was given, or is typed now. */
  static Invitation invitation(Terminal terminal, String given) throws UsageException {
    String code = given.equals(TYPED) ? typed(terminal) : given;
    return Invitation.parse(code)
        .orElseThrow(() -> new UsageException(terminal.text("enrol.badCode")));
  }

  private static String typed(Terminal terminal) {
    if (terminal.inputInteractive()) {
      terminal.err().print(terminal.text("enrol.prompt"));
      terminal.err().flush();
    }
    try {
      String line = terminal.in().readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the code", e);
    }
  }

  static Enrolment.Request request(
      Terminal terminal, Invitation invitation, Journal journal, Duration patience) {
    return new Enrolment.Request(
        invitation,
        journal.agentKey(),
        Version.get(),
        HostName.get(terminal.environment()),
        Identities.in(journal.directory()),
        patience);
  }

  /** Tells that the server is waited for. */
  private record Waiting(CollectView view) implements SendListener {
    @Override
    public void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {
      view.waiting(attempt, pause, left, trouble);
    }
  }
}
