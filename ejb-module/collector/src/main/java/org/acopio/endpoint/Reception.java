package org.acopio.endpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.acopio.session.EndReason;
import org.acopio.session.Link;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.acopio.socket.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Where every connection of an endpoint is entered on its way in and on its way out: in the
 * registry of sessions and, as far as the budget allows, in the log. Thread-safe.
 */
final class Reception {
  /** Of all endpoints together. More can be seen in the registry and its history. */
  static final int LINES_PER_SECOND = 100;

  /** Like a logger shared by all instances of the beans, of which there may be one a thread. */
  private static final LineBudget SHARED = new LineBudget(LINES_PER_SECOND, System::nanoTime);

  private final SessionKind kind;
  private final Sessions sessions;
  private final Logger log;
  private final LineBudget budget;

  Reception(SessionKind kind, Sessions sessions, Logger log) {
    this(kind, sessions, log, SHARED);
  }

  Reception(SessionKind kind, Sessions sessions, Logger log, LineBudget budget) {
    this.kind = kind;
    this.sessions = sessions;
    this.log = log;
    this.budget = budget;
  }

  /** Enters a new connection; the words are those of the servers that this one replaces. */
  Session arrived(Link link) {
    say(() -> "Recibo conexion de " + shown(link.remoteAddress()));
    return sessions.open(kind, link);
  }

  /** Writes down what a client says, when the log is to have that. */
  void heard(Session session, ByteBuffer message) {
    if (log.isLoggable(Level.DEBUG)) {
      log.log(
          Level.DEBUG,
          "{0}: {1}",
          session.remoteAddress() + ":" + session.remotePort(),
          ShownText.of(message));
    }
  }

  /**
   * Enters the end of a connection.
   *
   * @param session what {@link #arrived} returned, or nothing when it did not get that far
   */
  void left(@Nullable Session session, Link link, CloseReason reason) {
    if (session != null) {
      session.ended(reason(reason));
    }
    say(() -> "Cliente desconectado " + shown(link.remoteAddress()));
  }

  private void say(Supplier<String> line) {
    if (!log.isLoggable(Level.INFO)) {
      return;
    }
    long refused = budget.refused();
    if (refused > 0) {
      log.log(
          Level.INFO,
          "{0} more connections and ends than {1} a second are not in this log",
          refused,
          LINES_PER_SECOND);
    }
    if (budget.take()) {
      log.log(Level.INFO, line);
    }
  }

  private static String shown(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static EndReason reason(CloseReason reason) {
    return switch (reason) {
      case PEER -> EndReason.PEER;
      case LOCAL -> EndReason.LOCAL;
      case RESET -> EndReason.RESET;
      case FIRST_BYTE -> EndReason.FIRST_BYTE;
      case IDLE -> EndReason.IDLE;
      case PROTOCOL -> EndReason.PROTOCOL;
      case FAILURE -> EndReason.FAILURE;
      case STOPPED -> EndReason.STOPPED;
    };
  }
}
