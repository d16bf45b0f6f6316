package org.acopio.catalog;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which past sessions somebody wants to see.
 *
 * @param kind only this one, or all when empty
 * @param text what {@code address:port}, {@code :port} of the server or the detail contains, in any
 *     letter case; empty is everything; at most {@value #MAX_TEXT} characters
 * @param endedFrom seconds since 1970: only what ended then or later
 * @param endedTo seconds since 1970: only what ended then or earlier
 * @param order what they are sorted by; where that is equal, what was written down last comes first
 * @param descending whether the greatest come first
 * @param before only those with a smaller number, or {@link Long#MAX_VALUE}
 * @param offset how many to leave out, 0 or more
 * @param limit the most to return, 1 or more
 */
public record PastSessionQuery(
    Optional<String> kind,
    String text,
    long endedFrom,
    long endedTo,
    Order order,
    boolean descending,
    long before,
    int offset,
    int limit) {
  /** The most characters of a text that is looked for. */
  public static final int MAX_TEXT = 100;

  /** What past sessions can be sorted by. */
  public enum Order {
    /** When they were written down, which is moments after their end. */
    ENDED("number"),
    ADDRESS("remote_address"),
    LASTED("duration_seconds"),
    MESSAGES("messages"),
    READ("bytes_read"),
    WRITTEN("bytes_written");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String column;

    Order(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }

    /** The name for programs, such as {@code ended}. */
    public String word() {
      return word;
    }

    /** The order with this word, in any letter case. */
    public static Optional<Order> of(String word) {
      return Stream.of(values()).filter(order -> order.word.equalsIgnoreCase(word)).findFirst();
    }
  }

  public PastSessionQuery {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(order, "order");
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "the text to look for has %d characters; it has at most %d"
              .formatted(text.length(), MAX_TEXT));
    }
    text = text.strip();
    if (offset < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 session, not offset %d and limit %d"
              .formatted(offset, limit));
    }
  }

  /** Those written down last first. */
  public static PastSessionQuery newest(Optional<String> kind, long before, int limit) {
    return new PastSessionQuery(
        kind, "", Long.MIN_VALUE, Long.MAX_VALUE, Order.ENDED, true, before, 0, limit);
  }

  /** Whether the number of a page's last session is where the next page begins. */
  public boolean isNewestFirst() {
    return order == Order.ENDED && descending;
  }
}
