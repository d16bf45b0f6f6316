package org.acopio.client.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.client.send.Invitation;
import org.acopio.client.send.Sender;
import org.acopio.client.send.ServerAddress;

/** What {@code acopio collect} was asked for. */
record CollectOptions(
    List<Path> roots,
    ServerAddress server,
    Path journal,
    Optional<Invitation> invitation,
    int lanes,
    Duration patience,
    boolean yes,
    boolean json,
    boolean dryRun,
    boolean verbose) {
  /** A server that restarts does not end a run; one that is away for longer ends it resumably. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MAX_LANES = 64;

  static Syntax addTo(Syntax syntax) {
    return JournalOption.addTo(ServerOption.addTo(syntax))
        .value("CODE", "--enrol")
        .value("N", "--lanes")
        .flag("-y", "--yes")
        .flag("--json")
        .flag("-n", "--dry-run")
        .flag("-v", "--verbose")
        .flag("-h", "--help")
        .values("DIR");
  }

  static CollectOptions of(Syntax.Arguments arguments, Terminal terminal) throws UsageException {
    String lanes = arguments.value("--lanes", Integer.toString(Sender.Options.DEFAULT_LANES));
    return new CollectOptions(
        roots(arguments.values(), terminal),
        ServerOption.server(arguments, terminal),
        JournalOption.journal(arguments, terminal),
        invitation(arguments, terminal),
        (int) ServerOption.number(terminal, "--lanes", lanes, 1, MAX_LANES),
        ServerOption.patience(arguments, terminal, PATIENCE),
        arguments.has("--yes"),
        arguments.has("--json"),
        arguments.has("--dry-run"),
        arguments.has("--verbose"));
  }

  private static List<Path> roots(List<String> given, Terminal terminal) throws UsageException {
    if (given.isEmpty()) {
      return List.of(JournalOption.home());
    }
    List<Path> roots = new ArrayList<>();
    for (String name : given) {
      Path root = JournalOption.path(name, terminal);
      if (!Files.exists(root)) {
        throw new UsageException(terminal.text("collect.noSuchRoot", name));
      }
      roots.add(root);
    }
    return roots;
  }

  private static Optional<Invitation> invitation(Syntax.Arguments arguments, Terminal terminal)
      throws UsageException {
    String given = arguments.value("--enrol", "");
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(EnrolCommand.invitation(terminal, given));
  }
}
