package org.acopio.catalog;

import java.util.EnumMap;
import java.util.Map;
import org.acopio.media.MediaKind;

/**
 * How much of an agent, or from an address, is in the store: all versions of all files.
 *
 * @param files how many
 * @param bytes the sum of their lengths, whether or not they share disk
 * @param kinds the same for each kind of which there is something; files whose kind this version
 *     does not know are in the sums alone
 */
public record Holdings(long files, long bytes, Map<MediaKind, Totals> kinds) {
  public Holdings {
    kinds = Map.copyOf(kinds);
  }

  /** Of a kind, none when there is nothing of it. */
  public Totals of(MediaKind kind) {
    return kinds.getOrDefault(kind, new Totals(0, 0));
  }

  /** Reads two sums for all, then two for each kind. */
  static Holdings read(Object[] row, int from) {
    Map<MediaKind, Totals> kinds = new EnumMap<>(MediaKind.class);
    int at = from + 2;
    for (MediaKind kind : MediaKind.values()) {
      Totals totals = new Totals(Rows.int64(row[at]), Rows.int64(row[at + 1]));
      if (totals.files() > 0) {
        kinds.put(kind, totals);
      }
      at += 2;
    }
    return new Holdings(Rows.int64(row[from]), Rows.int64(row[from + 1]), kinds);
  }
}
