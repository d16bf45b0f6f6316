package org.acopio.session;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which live sessions somebody wants to see.
 *
 * @param kind only this one, or all when empty
 * @param text what {@code address:port}, {@code :port} of the server or the detail contains, in any
 *     letter case; empty is everything; at most {@value #MAX_TEXT} characters
 * @param order what they are sorted by
 * @param descending whether the greatest come first
 * @param offset how many to leave out, 0 or more
 * @param limit the most to return, 1 or more
 */
public record SessionQuery(
    Optional<SessionKind> kind,
    String text,
    SessionOrder order,
    boolean descending,
    int offset,
    int limit) {
  /** The most characters of a text that is looked for. */
  public static final int MAX_TEXT = 100;

  public SessionQuery {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(order, "order");
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "the text to look for has %d characters; it has at most %d"
              .formatted(text.length(), MAX_TEXT));
    }
    text = text.strip().toLowerCase(Locale.ROOT);
    if (offset < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 session, not offset %d and limit %d"
              .formatted(offset, limit));
    }
  }

  /** Every session, oldest first. */
  public static SessionQuery all(int limit) {
    return new SessionQuery(Optional.empty(), "", SessionOrder.BEGUN, false, 0, limit);
  }

  boolean matches(Session session) {
    return (kind.isEmpty() || kind.get() == session.kind())
        && (text.isEmpty()
            || shown(session).contains(text)
            || (":" + session.localPort()).contains(text)
            || named(session).contains(text));
  }

  private static String shown(Session session) {
    String address = session.remoteAddress();
    String host = address.contains(":") ? "[" + address + "]" : address;
    return (host + ":" + session.remotePort()).toLowerCase(Locale.ROOT);
  }

  private static String named(Session session) {
    return session.detail().toLowerCase(Locale.ROOT);
  }
}
