package org.acopio.client.command;

import java.util.Optional;
import org.acopio.client.talk.EchoConversation;
import org.acopio.client.talk.TalkException;

/**
 * {@code acopio echo}: sends each typed line to an echo server, and shows it when it has come back
 * unchanged; until {@code exit} was sent or the input ends.
 */
final class EchoCommand implements Command {
  static final int PORT = 9999;

  private static final String END = "exit";

  private final Terminal terminal;
  private final Syntax syntax;

  EchoCommand(Terminal terminal, boolean described) {
    this.terminal = terminal;
    this.syntax = TalkOptions.addTo(new Syntax(terminal, "echo", described));
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    TalkOptions options = TalkOptions.of(arguments, terminal, PORT);
    try (EchoConversation echo =
            EchoConversation.open(
                options.server().host(), options.server().port(), options.timeout());
        Prompt prompt = new Prompt(terminal, EchoConversation.MAX_MESSAGE_BYTES, watch(echo))) {
      return converse(echo, prompt);
    } catch (TalkException e) {
      return options.failed(e, terminal);
    }
  }

  private static Prompt.Watch watch(EchoConversation echo) {
    return () -> {
      echo.look();
      return "";
    };
  }

  private Exit converse(EchoConversation echo, Prompt prompt) throws TalkException {
    Exit exit = Exit.DONE;
    while (true) {
      Optional<Typed> typed = prompt.ask("> ");
      String line = typed.map(Typed::text).orElse("");
      Optional<byte[]> message =
          typed.orElse(new Typed("", true)).bytes(EchoConversation.MAX_MESSAGE_BYTES);
      if (message.isEmpty()) {
        terminal.complain(terminal.text("talk.tooLong", EchoConversation.MAX_MESSAGE_BYTES));
        exit = Exit.PARTIAL;
      } else if (typed.isEmpty() || line.equalsIgnoreCase(END)) {
        echo.leave(message.get());
        return exit;
      } else if (message.get().length > 0) {
        echo.echo(message.get());
        terminal.out().println(PathText.printable(line));
      }
    }
  }
}
