package org.acopio.web.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Range} (RFC 9110, section 14). What is not understood is ignored, as the RFC
 * says, and so is what asks for more work than the whole file: many ranges, or more bytes than
 * there are.
 */
final class Ranges {
  /** More than this many make one answer of the whole. */
  static final int MAX = 16;

  private static final int MAX_HEADER = 1_000;
  private static final Pattern ONE = Pattern.compile("(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18})");

  private Ranges() {}

  /**
   * What is asked of a file of {@code size} bytes: nothing for the whole; an empty list when none
   * of the ranges is in the file.
   */
  static Optional<List<Range>> of(@Nullable String header, long size) {
    if (header == null
        || size == 0
        || header.length() > MAX_HEADER
        || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
      return Optional.empty();
    }
    String[] words = header.substring(6).split(",", -1);
    List<Range> ranges = new ArrayList<>();
    int asked = 0;
    for (String word : words) {
      if (word.isBlank()) {
        continue;
      }
      Matcher one = ONE.matcher(word.strip());
      if (!one.matches() || isBackwards(one) || ++asked > MAX) {
        return Optional.empty();
      }
      range(one, size).ifPresent(ranges::add);
    }
    long bytes = ranges.stream().mapToLong(Range::length).sum();
    return asked == 0 || (ranges.size() > 1 && bytes >= size)
        ? Optional.empty()
        : Optional.of(ranges);
  }

  private static boolean isBackwards(Matcher one) {
    return one.group(2) != null && Long.parseLong(one.group(2)) < Long.parseLong(one.group(1));
  }

  private static Optional<Range> range(Matcher one, long size) {
    if (one.group(3) != null) {
      long length = Math.min(size, Long.parseLong(one.group(3)));
      return length == 0 ? Optional.empty() : Optional.of(new Range(size - length, size - 1));
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2) == null ? size - 1 : Math.min(size - 1, Long.parseLong(one.group(2)));
    return first >= size ? Optional.empty() : Optional.of(new Range(first, last));
  }

  /**
   * Bytes of a file.
   *
   * @param first offset of the first
   * @param last offset of the last
   */
  record Range(long first, long last) {
    long length() {
      return last - first + 1;
    }

    /** The header {@code Content-Range}. */
    String of(long size) {
      return "bytes " + first + "-" + last + "/" + size;
    }
  }
}
