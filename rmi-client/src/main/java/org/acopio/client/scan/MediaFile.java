package org.acopio.client.scan;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.acopio.media.MediaKind;

/**
 * A file that was found and is to be collected.
 *
 * @param root a real path, below which it was found: nothing on the way from there is a link; the
 *     file itself when it was named by itself
 * @param path to open it with
 * @param wirePath its absolute path as the bytes that the PC has, segments separated by {@code /}
 *     (Windows: UTF-8, {@code C:/Users/…}); not copied, not to be written to
 * @param stamp as it was when it was found
 * @param mediaType such as {@code image/jpeg}
 * @param kind the kind that the type belongs to
 * @param knownDigest the SHA-256 of its content (32 bytes), when the journal knows it for this very
 *     stamp
 */
public record MediaFile(
    Path root,
    Path path,
    byte[] wirePath,
    FileStamp stamp,
    String mediaType,
    MediaKind kind,
    Optional<byte[]> knownDigest) {
  public MediaFile {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(wirePath, "wirePath");
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(knownDigest, "knownDigest");
  }
}
