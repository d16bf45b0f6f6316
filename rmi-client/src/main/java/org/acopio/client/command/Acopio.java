package org.acopio.client.command;

import java.util.List;
import java.util.Optional;

/** The agent's command line: {@code acopio COMMAND …}. */
public final class Acopio {
  private static final List<String> COMMANDS =
      List.of("collect", "echo", "enrol", "parity", "session", "status", "help");

  private final Terminal terminal;
  private final Servers servers;

  Acopio(Terminal terminal, Servers servers) {
    this.terminal = terminal;
    this.servers = servers;
  }

  /** Runs one command and ends the process with its {@link Exit} code. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.system();
    Exit exit = new Acopio(terminal, new RmiServers()).run(List.of(arguments));
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exit.code());
  }

  Exit run(List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    switch (first) {
      case "":
        terminal.complain(terminal.text("usage.none"));
        return Exit.USAGE;
      case "-h", "--help":
        return help();
      case "help":
        return arguments.size() == 1 ? help() : run(List.of(arguments.get(1), "--help"));
      case "-V", "--version":
        terminal.out().println("acopio " + Version.get());
        return Exit.DONE;
      default:
        return command(first, arguments.subList(1, arguments.size()));
    }
  }

  private Exit help() {
    terminal.out().println(terminal.text("help"));
    return Exit.DONE;
  }

  private Exit command(String name, List<String> arguments) {
    boolean help = arguments.contains("--help") || arguments.contains("-h");
    boolean program = arguments.contains("--json") && !help;
    Terminal speaking = program ? terminal.inEnglish() : terminal;
    try {
      switch (name) {
        case "collect":
          return run(new CollectCommand(speaking, servers, help), arguments, help);
        case "echo":
          return run(new EchoCommand(speaking, help), arguments, help);
        case "enrol":
          return run(new EnrolCommand(speaking, servers, help), arguments, help);
        case "parity":
          return run(new ParityCommand(speaking, servers, help), arguments, help);
        case "session":
          return run(new SessionCommand(speaking, help), arguments, help);
        case "status":
          return run(new StatusCommand(speaking, servers, help), arguments, help);
        default:
          throw new UsageException(unknown(name, speaking));
      }
    } catch (UsageException e) {
      return complain(e.getMessage(), arguments, Exit.USAGE);
    } catch (RuntimeException | OutOfMemoryError e) {
      Optional<String> words = Memory.complaint(e, speaking);
      if (words.isEmpty()) {
        throw e;
      }
      return complain(words.get(), arguments, Exit.PARTIAL);
    }
  }

  private Exit run(Command command, List<String> arguments, boolean help) throws UsageException {
    if (help) {
      command.syntax().help(terminal.out());
      return Exit.DONE;
    }
    return command.run(command.syntax().parse(arguments));
  }

  private static String unknown(String name, Terminal terminal) {
    List<String> near = Nearest.to(name, COMMANDS);
    return near.isEmpty()
        ? terminal.text("usage.command", name, String.join(", ", COMMANDS))
        : terminal.text("usage.command.near", name, String.join(", ", near));
  }

  private Exit complain(String message, List<String> arguments, Exit exit) {
    if (arguments.contains("--json")) {
      terminal.out().println(JsonView.errorLine(message, exit));
    } else {
      terminal.complain(message);
    }
    return exit;
  }
}
