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

/**
 * {@code acopio parity}: asks a server whether integers are even; given as arguments, or typed one
 * by one until a negative one or the end of the input.
 */
final class ParityCommand implements Command {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Servers servers;
  private final Syntax syntax;

  ParityCommand(Terminal terminal, Servers servers, boolean described) {
    this.terminal = terminal;
    this.servers = servers;
    this.syntax =
        JournalOption.addTo(ServerOption.addTo(new Syntax(terminal, "parity", described)))
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
    Inquiry inquiry = new Inquiry(terminal, servers, arguments, PATIENCE, false);
    List<DecimalInteger> numbers = numbers(arguments.values());
    return inquiry.ask(
        questions -> numbers.isEmpty() ? converse(questions) : answer(questions, numbers));
  }

  private Exit answer(Servers.Questions questions, List<DecimalInteger> numbers)
      throws SendException {
    for (DecimalInteger number : numbers) {
      if (!answered(questions, number)) {
        return Exit.REFUSED;
      }
    }
    return Exit.DONE;
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

  private Exit converse(Servers.Questions questions) throws SendException {
    while (true) {
      terminal.out().print(terminal.text("parity.prompt"));
      terminal.out().flush();
      Optional<String> line = typed();
      if (line.isEmpty()) {
        terminal.out().println();
        return Exit.DONE;
      }
      Optional<DecimalInteger> number = DecimalInteger.parse(line.get());
      if (number.isEmpty()) {
        terminal.out().println(terminal.text("parity.bad", shown(line.get())));
      } else if (number.get().isNegative()) {
        terminal.out().println(terminal.text("parity.end"));
        return Exit.DONE;
      } else if (!number.get().isZero() && !answered(questions, number.get())) {
        return Exit.REFUSED;
      }
    }
  }

  private Optional<String> typed() {
    try {
      return Optional.ofNullable(terminal.in().readLine());
    } catch (IOException e) {
      throw new UncheckedIOException("reading what was typed", e);
    }
  }

  /** Asks for one number, and tells the answer; false when the server takes it for none. */
  private boolean answered(Servers.Questions questions, DecimalInteger number)
      throws SendException {
    try {
      Evenness evenness = questions.evenness(number.sameParity());
      String word = terminal.text(evenness == Evenness.EVEN ? "parity.even" : "parity.odd");
      terminal.out().println(terminal.text("parity.answer", number, word));
      terminal.out().flush();
      return true;
    } catch (ParityRefusedException e) {
      terminal.out().flush();
      String key = "parity.refused." + e.reason();
      terminal.complain(terminal.text(key, shown(number.toString()), e.reason().limit()));
      return false;
    }
  }

  private static String shown(String typed) {
    String text = PathText.printable(typed.strip());
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
