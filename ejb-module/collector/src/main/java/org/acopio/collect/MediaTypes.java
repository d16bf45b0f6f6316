package org.acopio.collect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.acopio.remote.FilePath;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/**
 * The server's own look at what a file is: by content first, by name only where the content says
 * nothing. Thread-safe.
 */
final class MediaTypes {
  private static final Signature[] COMMON = {
    new Signature("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    new Signature("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    new Signature("image/gif", 0, "GIF8"),
    new Signature("application/pdf", 0, "%PDF-"),
    new Signature("audio/mpeg", 0, "ID3"),
    new Signature("video/mp4", 4, "ftypisom"),
    new Signature("video/mp4", 4, "ftypmp4"),
  };

  /** Loaded at the first file that is none of the common ones: its table of types is large. */
  private static final class Lazy {
    static final MimeTypes TABLE = MimeTypes.getDefaultMimeTypes();
  }

  /**
   * The media type of a file that is to be collected.
   *
   * @param head its first bytes, as many as there are up to some kilobytes
   * @return nothing when it is neither image, PDF, audio nor video
   */
  Optional<String> collected(byte[] head, FilePath path) {
    for (Signature signature : COMMON) {
      if (signature.fits(head)) {
        return Optional.of(signature.type);
      }
    }
    String found = detect(head, path);
    return media(found) ? Optional.of(found) : Optional.empty();
  }

  private static boolean media(String type) {
    return type.startsWith("image/")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.equals("application/pdf");
  }

  private static String detect(byte[] head, FilePath path) {
    Metadata name = new Metadata();
    String text = path.toString();
    name.set(TikaCoreProperties.RESOURCE_NAME_KEY, text.substring(text.lastIndexOf('/') + 1));
    try {
      MediaType type = Lazy.TABLE.detect(new ByteArrayInputStream(head), name);
      return type.getBaseType().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array cannot fail", e);
    }
  }

  /** Bytes at a place that leave no doubt. */
  private static final class Signature {
    private final String type;
    private final int offset;
    private final byte[] bytes;

    Signature(String type, int offset, String bytes) {
      this.type = type;
      this.offset = offset;
      this.bytes = bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean fits(byte[] head) {
      return head.length >= offset + bytes.length
          && java.util.Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
  }
}
