package org.acopio.media;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a file is: by its content first, by its name only where the content says nothing, as in
 * an empty or damaged file. The verdict depends on nothing but the first {@link #MOST_BYTES} bytes
 * and the name, so whoever has them comes to the same one. Content of any kind is survived.
 * Thread-safe.
 */
public final class MediaDetector {
  /**
   * The number of these rules, to be raised by one with each change that may let more files be
   * collected: whoever remembers that a file was "not media" has to ask again then.
   */
  public static final int RULES = 2;

  /** The first bytes that are asked for; they decide about all common formats. */
  public static final int FIRST_BYTES = 2048;

  /** The most bytes that are ever asked for: as many as any signature of a media type reaches. */
  public static final int MOST_BYTES = 12 * 1024;

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

  /** Frequent names of empty files, about which Tika's table need not be loaded. */
  static final Set<String> OTHER_NAMES =
      Set.of(
          "txt",
          "log",
          "md",
          "json",
          "xml",
          "html",
          "css",
          "js",
          "py",
          "java",
          "c",
          "h",
          "sh",
          "csv",
          "cfg",
          "conf",
          "ini",
          "lock",
          "tmp",
          "bak",
          "dat",
          "db",
          "gitkeep",
          "gitignore",
          "exe",
          "docx",
          "zip");

  private MediaDetector() {}

  /**
   * The media type of a file that is to be collected, such as {@code image/jpeg}; nothing when it
   * is neither image, PDF, audio nor video.
   *
   * @param path bytes of the file's path or name, of which what follows the last {@code /} counts
   * @throws E when the content cannot be read
   */
  public static <E extends Exception> Optional<String> detect(Content<E> content, byte[] path)
      throws E {
    String name = FileName.of(path);
    Head head = Head.of(content.first(FIRST_BYTES), FIRST_BYTES);
    if (head.length() == 0) {
      return byName(name);
    }
    Verdict verdict = Signatures.verdict(head, name);
    if (!verdict.decided()) {
      if (head.length() == FIRST_BYTES) {
        head = Head.of(content.first(MOST_BYTES), MOST_BYTES);
      }
      verdict = thorough(head, name);
    }
    return verdict.decided() ? Optional.ofNullable(verdict.mediaType()) : byName(name);
  }

  private static Verdict thorough(Head head, String name) {
    return Signatures.markupWithoutImage(head)
        ? Verdict.NOT_MEDIA
        : TikaTypes.byContent(head, name);
  }

  private static Optional<String> byName(String name) {
    String extension = FileName.extension(name);
    if (extension.isEmpty() || OTHER_NAMES.contains(extension)) {
      return Optional.empty();
    }
    String type = MORE_NAMES.get(extension);
    return type != null ? Optional.of(type) : TikaTypes.byName(name);
  }
}
