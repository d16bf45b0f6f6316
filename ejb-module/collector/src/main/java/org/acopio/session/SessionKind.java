package org.acopio.session;

import java.util.Locale;
import java.util.Optional;

/** What a connection is there for, which also says how it is served. */
public enum SessionKind {
  /** Echo. */
  ECHO,
  /** Echo by one thread, piece by piece. */
  ECHO_QUEUE,
  /** The session protocol, a thread for each connection. */
  SESSION_THREAD,
  /** The session protocol, few threads for all connections. */
  SESSION_SELECTOR,
  /** Collecting over the wire protocol. */
  INGEST,
  /** RMI: registry, collecting and parity. */
  RMI;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name for people, programs and the catalog, such as {@code echo-queue}; never changes. */
  public String word() {
    return word;
  }

  /** The kind with this word, in any letter case. */
  public static Optional<SessionKind> of(String word) {
    for (SessionKind kind : values()) {
      if (kind.word.equalsIgnoreCase(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
