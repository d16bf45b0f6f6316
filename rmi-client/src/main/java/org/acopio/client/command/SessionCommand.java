package org.acopio.client.command;

import java.util.Locale;
import java.util.Optional;
import org.acopio.client.talk.SessionConversation;
import org.acopio.client.talk.TalkException;

/**
 * {@code acopio session}: sends each typed line to a session server and shows its answer, the day
 * and time and how long the connection has lasted; until the person leaves or the input ends.
 */
final class SessionCommand implements Command {
  static final int PORT = 6667;

  private final Terminal terminal;
  private final Syntax syntax;

  SessionCommand(Terminal terminal, boolean described) {
    this.terminal = terminal;
    this.syntax = TalkOptions.addTo(new Syntax(terminal, "session", described).flag("-y", "--yes"));
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    TalkOptions options = TalkOptions.of(arguments, terminal, PORT);
    try (SessionConversation session =
            SessionConversation.open(
                options.server().host(), options.server().port(), options.timeout());
        Prompt prompt =
            new Prompt(terminal, SessionConversation.MAX_MESSAGE_BYTES, session::look)) {
      return new Session(session, prompt, arguments.has("--yes")).run();
    } catch (TalkException e) {
      return options.failed(e, terminal);
    }
  }

  /** One session. */
  private final class Session {
    private final SessionConversation session;
    private final Prompt prompt;
    private final boolean yes;
    private Exit exit = Exit.DONE;
    private int step = 1;

    Session(SessionConversation session, Prompt prompt, boolean yes) {
      this.session = session;
      this.prompt = prompt;
      this.yes = yes;
    }

    Exit run() throws TalkException {
      while (true) {
        Optional<Typed> typed = prompt.ask("[" + step + "] > ");
        if (typed.isEmpty() || (ends(typed.get()) && leaves())) {
          show(terminal.text("session.total", PathText.printable(session.leave())));
          return exit;
        }
        if (!ends(typed.get())) {
          say(typed.get());
        }
      }
    }

    private void say(Typed typed) throws TalkException {
      Optional<byte[]> message = typed.bytes(SessionConversation.MAX_MESSAGE_BYTES);
      if (message.isEmpty()) {
        terminal.complain(terminal.text("talk.tooLong", SessionConversation.MAX_MESSAGE_BYTES));
        exit = Exit.PARTIAL;
      } else if (message.get().length > 0) {
        show(PathText.printable(session.say(message.get())));
        step++;
      }
    }

    private void show(String line) {
      terminal.out().println(line);
      terminal.out().flush();
    }

    /** Where nobody can answer any more, the session is over. */
    private boolean leaves() throws TalkException {
      while (!yes) {
        Optional<Typed> typed = prompt.ask(terminal.text("session.confirm"));
        String answer = typed.map(Typed::text).orElse("y").strip().toLowerCase(Locale.ROOT);
        if (answer.startsWith("n")) {
          return false;
        }
        if (answer.startsWith("y") || answer.startsWith("s")) {
          return true;
        }
      }
      return true;
    }

    private static boolean ends(Typed typed) {
      return typed.text().strip().equalsIgnoreCase(SessionConversation.END);
    }
  }
}
