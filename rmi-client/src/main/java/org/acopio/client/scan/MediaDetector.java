package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a file is: by its content first, by its name only where the content says nothing, as in
 * an empty or damaged file. One detector serves one thread.
 */
final class MediaDetector {
  /**
   * The number of these rules. The journal believes no "not media" that other rules decided, so it
   * is to be raised by one with each change that may let more files be collected.
   */
  static final int RULES = 1;

  /** Names of media files that Tika's table does not know. */
  private static final Map<String, String> MORE_NAMES =
      Map.of(
          "mts", MediaTypes.TRANSPORT_STREAM,
          "m2ts", MediaTypes.TRANSPORT_STREAM,
          "m2t", MediaTypes.TRANSPORT_STREAM,
          "vob", "video/mpeg",
          "dv", "video/x-dv",
          "rmvb", MediaTypes.REAL_MEDIA,
          "mxf", MediaTypes.MXF);

  private final ByteBuffer buffer = ByteBuffer.allocate(Head.BYTES);

  /**
   * The media type of a file that is to be collected; nothing when it stays home.
   *
   * @param size in bytes; an empty file is not opened
   * @throws IOException when it cannot be read
   */
  Optional<String> detect(Path file, String name, long size) throws IOException {
    Head head = size == 0 ? new Head(buffer.array(), 0) : read(file);
    return detect(head, name);
  }

  static Optional<String> detect(Head head, String name) {
    if (head.length() == 0) {
      return byName(name);
    }
    Verdict verdict = Signatures.verdict(head, name);
    if (!verdict.decided()) {
      verdict = TikaTypes.byContent(head, name);
    }
    if (verdict.decided()) {
      return Optional.ofNullable(verdict.mediaType());
    }
    if (Signatures.transportStream(head)) {
      return Optional.of(MediaTypes.TRANSPORT_STREAM);
    }
    return byName(name);
  }

  private static Optional<String> byName(String name) {
    String extension = Extension.of(name);
    if (extension.isEmpty()) {
      return Optional.empty();
    }
    String type = MORE_NAMES.get(extension);
    return type != null ? Optional.of(type) : TikaTypes.byName(name);
  }

  private Head read(Path file) throws IOException {
    buffer.clear();
    // A link that took the file's place since it was looked at is not followed.
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // A read may bring less than is there.
      }
    }
    return new Head(buffer.array(), buffer.position());
  }
}
