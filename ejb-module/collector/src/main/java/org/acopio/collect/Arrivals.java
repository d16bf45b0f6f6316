package org.acopio.collect;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.acopio.media.MediaKind;

/**
 * What was stored, by kind.
 *
 * @param day in the server's zone
 * @param today what that day brought; every kind is there
 * @param ever what the store holds in all
 */
public record Arrivals(LocalDate day, Map<MediaKind, Amount> today, Amount ever) {
  public Arrivals {
    today = Map.copyOf(today);
  }

  /** All that the day brought. */
  public Amount total() {
    return today.values().stream().reduce(Amount.NONE, Amount::plus);
  }

  static Map<MediaKind, Amount> none() {
    Map<MediaKind, Amount> none = new EnumMap<>(MediaKind.class);
    for (MediaKind kind : MediaKind.values()) {
      none.put(kind, Amount.NONE);
    }
    return none;
  }

  /**
   * So many files.
   *
   * @param files how many
   * @param bytes of all of them
   */
  public record Amount(long files, long bytes) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
      return new Amount(files + other.files, bytes + other.bytes);
    }
  }
}
