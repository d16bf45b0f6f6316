package org.acopio.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What remains of a session that is over.
 *
 * @param number its number in the registry that it was in; the next start counts anew
 * @param kind what it was there for
 * @param remoteAddress the client's numeric address, without a scope
 * @param remotePort the client's port
 * @param localPort the server's port
 * @param openedAt when it began
 * @param duration how long it was
 * @param messages how many the client sent
 * @param bytesRead bytes from the client
 * @param bytesWritten bytes to the client
 * @param reason why it ended
 * @param detail what else was known of it, or empty
 */
public record EndedSession(
    long number,
    SessionKind kind,
    String remoteAddress,
    int remotePort,
    int localPort,
    Instant openedAt,
    Duration duration,
    long messages,
    long bytesRead,
    long bytesWritten,
    EndReason reason,
    String detail) {
  public EndedSession {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    Objects.requireNonNull(openedAt, "openedAt");
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
  }
}
