package org.acopio.client.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerStatus;

/** {@code acopio status}: whether a server is there, and what it says of itself. */
final class StatusCommand implements Command {
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final Servers servers;
  private final Syntax syntax;

  StatusCommand(Terminal terminal, Servers servers, boolean described) {
    this.terminal = terminal;
    this.servers = servers;
    this.syntax =
        JournalOption.addTo(ServerOption.addTo(new Syntax(terminal, "status", described)))
            .flag("--json")
            .flag("-h", "--help");
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    boolean json = arguments.has("--json");
    Inquiry inquiry = new Inquiry(terminal, servers, arguments, PATIENCE, json);
    return inquiry.ask(
        questions -> {
          ServerStatus status = questions.status();
          Duration ahead = Duration.between(terminal.clock().instant(), status.clock());
          if (json) {
            terminal.out().println(json(inquiry.server(), status, ahead));
          } else {
            print(inquiry.server(), status, ahead);
          }
          return status.compatible() ? Exit.DONE : Exit.REFUSED;
        });
  }

  private static Json json(ServerAddress server, ServerStatus status, Duration ahead) {
    return Json.event("status")
        .put("server", server.toString())
        .put("version", status.version())
        .put("protocol", status.protocol())
        .put("compatible", status.compatible())
        .put("storeId", status.storeId())
        .put("clock", status.clock().toString())
        .seconds("clockAheadSeconds", ahead)
        .seconds("roundTripSeconds", status.medianCall())
        .put("exit", (status.compatible() ? Exit.DONE : Exit.REFUSED).code());
  }

  private void print(ServerAddress server, ServerStatus status, Duration ahead) {
    Units units = new Units(terminal.messages());
    PrintStream out = terminal.out();
    out.println(terminal.text("status.there", server));
    out.println(terminal.text("status.version", status.version()));
    out.println(
        terminal.text(
            status.compatible() ? "status.protocol" : "status.protocol.other", status.protocol()));
    out.println(terminal.text("status.store", status.storeId()));
    out.println(terminal.text("status.roundTrip", units.duration(status.medianCall())));
    out.println(
        terminal.text(
            ahead.isNegative() ? "status.clock.behind" : "status.clock.ahead",
            status.clock().truncatedTo(ChronoUnit.SECONDS),
            units.duration(ahead.abs())));
  }
}
