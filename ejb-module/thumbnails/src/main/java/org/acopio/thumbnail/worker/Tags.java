package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.acopio.thumbnail.Fact;
import org.jspecify.annotations.Nullable;

/** What an audio or video file says of itself, and the picture that it brings. */
final class Tags {
  /** The most bytes of a picture, or of everything that a file says. */
  static final int MAX_BYTES = 16 << 20;

  private final Map<Fact, String> facts = new EnumMap<>(Fact.class);
  private byte @Nullable [] cover;

  static Tags of(Path path, String mediaType) throws IOException {
    Tags tags = new Tags();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (mediaType.equals("audio/mpeg")) {
        new Id3(tags).read(file);
      } else if (mediaType.contains("flac")) {
        new FlacBlocks(tags).read(file);
      } else if (isIsoMedia(mediaType)) {
        new Mp4Boxes(tags, file).read();
      }
    }
    return tags;
  }

  private static boolean isIsoMedia(String mediaType) {
    return mediaType.endsWith("/mp4")
        || mediaType.equals("video/quicktime")
        || mediaType.equals("video/x-m4v")
        || mediaType.startsWith("video/3gpp");
  }

  Map<Fact, String> facts() {
    return facts;
  }

  Optional<byte[]> cover() {
    return Optional.ofNullable(cover);
  }

  /** The first word counts. */
  void add(Fact fact, String text) {
    if (!text.isBlank()) {
      facts.putIfAbsent(fact, text);
    }
  }

  /** The front cover counts, or else the first picture. */
  void addCover(byte[] image, boolean front) {
    if (image.length > 0 && (cover == null || front)) {
      cover = image;
    }
  }

  /** Exactly these bytes. */
  static byte[] bytes(RandomAccessFile file, long at, long length) throws IOException {
    if (length < 0 || length > MAX_BYTES || at + length > file.length()) {
      throw new IOException(length + " bytes at " + at + " of " + file.length());
    }
    byte[] bytes = new byte[(int) length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }
}
