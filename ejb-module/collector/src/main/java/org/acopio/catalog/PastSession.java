package org.acopio.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A connection that is over. Its texts are for people: control characters are replaced and the rest
 * is cut when they are written.
 *
 * @param number the catalog's number, which ascends in the order of writing; 0 while it is not in
 *     the catalog
 * @param kind what it was there for, at most {@value #MAX_WORD} characters
 * @param remoteAddress the client's address, at most {@value ClientRow#MAX_ADDRESS} characters
 * @param remotePort the client's port
 * @param localPort the server's port
 * @param openedAt when it began
 * @param duration how long it was, not negative
 * @param messages how many the client sent
 * @param bytesRead bytes from the client
 * @param bytesWritten bytes to the client
 * @param reason why it ended, at most {@value #MAX_WORD} characters
 * @param detail what else was known of it, at most {@value #MAX_DETAIL} characters, or empty
 */
public record PastSession(
    long number,
    String kind,
    String remoteAddress,
    int remotePort,
    int localPort,
    Instant openedAt,
    Duration duration,
    long messages,
    long bytesRead,
    long bytesWritten,
    String reason,
    String detail) {
  static final int MAX_WORD = 32;
  static final int MAX_DETAIL = 255;

  public PastSession {
    Objects.requireNonNull(openedAt, "openedAt");
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a session lasts 0 or longer, not " + duration);
    }
    kind = DisplayText.clean(kind, MAX_WORD);
    remoteAddress = DisplayText.clean(remoteAddress, ClientRow.MAX_ADDRESS);
    reason = DisplayText.clean(reason, MAX_WORD);
    detail = DisplayText.clean(detail, MAX_DETAIL);
  }

  /** When it ended. */
  public Instant endedAt() {
    return openedAt.plus(duration);
  }
}
