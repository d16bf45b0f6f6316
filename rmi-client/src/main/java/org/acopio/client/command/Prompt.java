package org.acopio.client.command;

import java.io.PrintStream;
import java.util.Optional;
import org.acopio.client.talk.TalkException;

/** Asks a person for lines, and tells at once when something happens to the conversation. */
final class Prompt implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Terminal terminal;
  private final Watch watch;
  private final TypedLines lines;

  /**
   * @param most how many characters of a line are kept
   */
  Prompt(Terminal terminal, int most, Watch watch) {
    this.terminal = terminal;
    this.watch = watch;
    this.lines = new TypedLines(terminal.in(), most);
  }

  /**
   * What the person types after a question; nothing at the end of the input.
   *
   * @throws TalkException when the conversation ended meanwhile
   */
  Optional<Typed> ask(String question) throws TalkException {
    PrintStream out = terminal.out();
    out.print(question);
    out.flush();
    while (!typed()) {
      look(question);
    }
    Optional<Typed> typed = lines.next();
    if (typed.isPresent()) {
      look(question);
    } else {
      out.println();
    }
    return typed;
  }

  private boolean typed() throws TalkException {
    try {
      return lines.await(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TalkException.interrupted();
    }
  }

  private void look(String question) throws TalkException {
    PrintStream out = terminal.out();
    String said;
    try {
      said = watch.look();
    } catch (TalkException e) {
      out.println();
      throw e;
    }
    if (!said.isEmpty()) {
      out.println();
      out.println(PathText.printable(said));
      out.print(question);
      out.flush();
    }
  }

  @Override
  public void close() {
    lines.close();
  }

  /** Looks after the conversation while the person thinks. */
  interface Watch {
    /** What the server said without having been asked, empty when nothing; returns at once. */
    String look() throws TalkException;
  }
}
