package org.acopio.thumbnail;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file that never changes.
 *
 * @param file where it is on this machine
 * @param digest of its content, 64 lower-case hexadecimal digits: files with the same are one
 * @param mediaType what it is taken for, such as {@code image/jpeg}
 */
public record Source(Path file, String digest, String mediaType) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public Source {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(mediaType, "mediaType");
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("'" + digest + "' is no SHA-256 digest");
    }
  }
}
