package org.acopio.client.send;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run could not go on. What had a receipt before is safe. The message is for logs; whoever shows
 * it to people has words for the {@link #trouble}.
 */
public final class SendException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient ServerTrouble trouble;
  private final int tries;
  private final Duration patience;

  /**
   * @param kind for programs
   * @param trouble what was wrong in the end
   * @param tries how often in a row the server was tried
   * @param patience how long it was waited for
   */
  public SendException(
      Kind kind, ServerTrouble trouble, int tries, Duration patience, @Nullable Throwable cause) {
    super(
        kind
            + " after "
            + tries
            + " tries in "
            + patience.toMillis() / 1000.0
            + " s: "
            + trouble.code()
            + " "
            + trouble.server()
            + " "
            + trouble.detail(),
        cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.trouble = trouble;
    this.tries = tries;
    this.patience = patience;
  }

  /** The first failure ended it. */
  SendException(Kind kind, ServerTrouble trouble, Throwable cause) {
    this(kind, trouble, 1, Duration.ZERO, cause);
  }

  /** Why a run ended early. */
  public enum Kind {
    /** No server answered within the time that the caller allowed. */
    UNREACHABLE,
    /** The server answered, and refused the whole run. */
    REFUSED,
    /** The run was interrupted. */
    INTERRUPTED
  }

  public Kind kind() {
    return kind;
  }

  /** What was wrong in the end. */
  public ServerTrouble trouble() {
    return trouble;
  }

  /** How often in a row the server was tried, 1 or more. */
  public int tries() {
    return tries;
  }

  /** How long the server was waited for; zero when it was tried once. */
  public Duration patience() {
    return patience;
  }
}
