package org.acopio.client.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.client.send.Evenness;
import org.acopio.client.send.ParityRefusedException;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerAddress;

/**
 * {@code acopio parity}: asks a server whether integers are even; given as arguments, or typed one
 * by one until a negative one or the end of the input.
 */
final class ParityCommand implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Servers servers;
  private final Syntax syntax;

  ParityCommand(Terminal terminal, Servers servers, boolean described) {
    this.terminal = terminal;
    this.servers = servers;
    this.syntax =
        ServerOption.addTo(new Syntax(terminal, "parity", described))
            .flag("-h", "--help")
            .values("N")
            .valuesMayBeginWithDash();
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    ServerAddress server = ServerOption.server(arguments, terminal);
    Duration patience = ServerOption.patience(arguments, terminal, PATIENCE);
    List<DecimalInteger> numbers = numbers(arguments.values());
    try (Servers.Questions questions = servers.ask(server, patience)) {
      if (numbers.isEmpty()) {
        converse(questions);
      } else {
        for (DecimalInteger number : numbers) {
          answer(questions, number);
        }
      }
      return Exit.DONE;
    } catch (SendException e) {
      terminal.out().flush();
      terminal.complain(e.getMessage());
      return ServerOption.exit(e);
    } catch (ParityRefusedException e) {
      terminal.out().flush();
      terminal.complain(e.getMessage());
      return Exit.REFUSED;
    } catch (IOException e) {
      throw new UncheckedIOException("reading what was typed", e);
    }
  }

  private List<DecimalInteger> numbers(List<String> values) throws UsageException {
    List<DecimalInteger> numbers = new ArrayList<>();
    for (String value : values) {
      numbers.add(
          DecimalInteger.parse(value)
              .orElseThrow(() -> new UsageException(terminal.text("parity.bad", shown(value)))));
    }
    return numbers;
  }

  private void converse(Servers.Questions questions)
      throws IOException, SendException, ParityRefusedException {
    while (true) {
      terminal.out().print(terminal.text("parity.prompt"));
      terminal.out().flush();
      String line = terminal.in().readLine();
      if (line == null) {
        terminal.out().println();
        return;
      }
      Optional<DecimalInteger> number = DecimalInteger.parse(line);
      if (number.isEmpty()) {
        terminal.out().println(terminal.text("parity.bad", shown(line)));
      } else if (number.get().isNegative()) {
        terminal.out().println(terminal.text("parity.end"));
        return;
      } else if (!number.get().isZero()) {
        answer(questions, number.get());
      }
    }
  }

  private void answer(Servers.Questions questions, DecimalInteger number)
      throws SendException, ParityRefusedException {
    Evenness evenness = questions.evenness(number.sameParity());
    String word = terminal.text(evenness == Evenness.EVEN ? "parity.even" : "parity.odd");
    terminal.out().println(terminal.text("parity.answer", number, word));
    terminal.out().flush();
  }

  private static String shown(String typed) {
    String text = PathText.printable(typed.strip());
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
