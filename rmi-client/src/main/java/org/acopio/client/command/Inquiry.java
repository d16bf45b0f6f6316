package org.acopio.client.command;

import java.time.Duration;
import org.acopio.client.send.Identities;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendListener;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;

/** One conversation with a server: who it is, how long it is waited for, and what is said then. */
final class Inquiry {
  private final Terminal terminal;
  private final Servers servers;
  private final ServerAddress server;
  private final Identities identities;
  private final Duration patience;
  private final boolean json;
  private final TroubleText troubles;

  /**
   * @param otherwise how long a server is waited for when nobody says so
   * @param json true when a program reads the answer
   */
  Inquiry(
      Terminal terminal,
      Servers servers,
      Syntax.Arguments arguments,
      Duration otherwise,
      boolean json)
      throws UsageException {
    this.terminal = terminal;
    this.servers = servers;
    this.server = ServerOption.server(arguments, terminal);
    this.identities = Identities.in(JournalOption.journal(arguments, terminal));
    this.patience = ServerOption.patience(arguments, terminal, otherwise);
    this.json = json;
    this.troubles = new TroubleText(terminal.messages());
  }

  ServerAddress server() {
    return server;
  }

  /** Asks, and tells when there is nobody who answers. */
  Exit ask(Talk talk) {
    try (Servers.Questions questions = servers.ask(server, identities, patience, new Waiting())) {
      return talk.with(questions);
    } catch (SendException e) {
      return failed(e);
    }
  }

  private Exit failed(SendException e) {
    Exit exit = ServerOption.exit(e);
    terminal.out().flush();
    if (json) {
      terminal.out().println(JsonView.errorLine(e, troubles, exit));
    } else {
      terminal.complain(troubles.of(e));
    }
    return exit;
  }

  /** Tells a person that the server is waited for. A program reads one object, and waits. */
  private final class Waiting implements SendListener {
    @Override
    public void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {
      if (!json) {
        terminal.complain(troubles.waiting(attempt, pause, left, trouble));
      }
    }
  }

  /** What is asked. */
  interface Talk {
    Exit with(Servers.Questions questions) throws SendException;
  }
}
