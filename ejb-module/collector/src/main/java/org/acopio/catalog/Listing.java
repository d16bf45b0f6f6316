package org.acopio.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of a list are wanted.
 *
 * @param text only those whose address, host name or hexadecimal id has this in it, the id at its
 *     beginning, whatever the letter case; all when empty
 * @param order by what they are sorted
 * @param ascending the least first
 * @param offset how many to leave out, 0 or more
 * @param limit how many to return at most, 1 or more
 */
public record Listing(String text, Order order, boolean ascending, int offset, int limit) {
  /** The most characters of {@code text} that are looked at. */
  public static final int MAX_TEXT = 255;

  public Listing {
    Objects.requireNonNull(order, "order");
    text = DisplayText.clean(text.strip(), MAX_TEXT);
    if (offset < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has 1 row or more, not " + offset + " and " + limit);
    }
  }

  /** The first rows, those seen last first. */
  public static Listing first(int limit) {
    return new Listing("", Order.LAST_SEEN, false, 0, limit);
  }

  /** By what clients and agents can be sorted. */
  public enum Order {
    /** By address, or by host name. */
    NAME,
    FIRST_SEEN,
    LAST_SEEN,
    COLLECTIONS,
    FILES,
    BYTES;

    /** The order with this name, whatever its letter case. */
    public static Optional<Order> of(String word) {
      for (Order order : values()) {
        if (order.name().replace("_", "").equalsIgnoreCase(word.replace("-", ""))) {
          return Optional.of(order);
        }
      }
      return Optional.empty();
    }
  }
}
