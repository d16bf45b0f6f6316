package org.acopio.client.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /** The names that a few slips of the fingers make of {@code typed}, or that begin with it. */
  static List<String> to(String typed, Collection<String> names) {
    List<String> near = new ArrayList<>();
    for (String name : names) {
      boolean begun = typed.length() > 1 && name.startsWith(typed);
      if (begun || slips(typed, name) <= Math.max(1, name.length() / 3)) {
        near.add(name);
      }
    }
    return near;
  }

  /** The Levenshtein distance: characters to insert, delete or replace. */
  private static int slips(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
