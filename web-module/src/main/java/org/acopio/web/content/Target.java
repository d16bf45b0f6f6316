package org.acopio.web.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path below {@code /content} names.
 *
 * @param file number of the file in the catalog
 * @param view what is wanted of it
 */
record Target(long file, View view) {
  private static final Pattern PATH =
      Pattern.compile("/(\\d{1,18})(?:/(thumbnail|page|metadata))?");

  enum View {
    BYTES,
    THUMBNAIL,
    PAGE,
    METADATA
  }

  static Optional<Target> of(@Nullable String path) {
    Matcher matcher = PATH.matcher(path == null ? "" : path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    View view =
        switch (String.valueOf(matcher.group(2))) {
          case "thumbnail" -> View.THUMBNAIL;
          case "page" -> View.PAGE;
          case "metadata" -> View.METADATA;
          default -> View.BYTES;
        };
    return Optional.of(new Target(Long.parseLong(matcher.group(1)), view));
  }
}
