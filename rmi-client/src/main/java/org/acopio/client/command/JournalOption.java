package org.acopio.client.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.acopio.client.scan.JournalException;

/** Where the agent keeps what it is and what it remembers. */
final class JournalOption {
  private static final String JOURNAL = "--journal";

  private JournalOption() {}

  static Syntax addTo(Syntax syntax) {
    return syntax.value("DIR", JOURNAL);
  }

  /** What was given, else the place of the system for that. */
  static Path journal(Syntax.Arguments arguments, Terminal terminal) throws UsageException {
    String given = arguments.value(JOURNAL, "");
    return given.isEmpty()
        ? JournalDirectory.of(terminal.environment(), home(), System.getProperty("os.name"))
        : path(given, terminal);
  }

  static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  static Path path(String name, Terminal terminal) throws UsageException {
    try {
      return Path.of(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UsageException(terminal.text("usage.path", name, e.getReason()));
    }
  }

  /** A journal that cannot be used, in words. */
  static UsageException unusable(Terminal terminal, JournalException e) {
    return new UsageException(terminal.text("journal." + e.kind(), e.directory(), e.detail()));
  }
}
