package org.acopio.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Tika's table of signatures and names, loaded when it is first asked. Thread-safe. */
final class TikaTypes {
  private TikaTypes() {}

  /** The table takes about a third of a second to load. */
  private static final class Table {
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }

  /**
   * What the content says; the name only chooses among the variants of a media type that the
   * content established (raw photographs are TIFF files, for example).
   */
  static Verdict byContent(Head head, String name) {
    MediaType found = signature(head);
    if (found.equals(MediaType.OCTET_STREAM)) {
      return Verdict.UNDECIDED;
    }
    String text = found.toString();
    if (text.equals(MediaTypes.OGG)) {
      return Verdict.media(Signatures.ogg(head, name));
    }
    if (text.equals(MediaTypes.MATROSKA)) {
      return Verdict.media(Signatures.matroska(head, name));
    }
    if (MediaKind.of(text).isEmpty()) {
      return Verdict.NOT_MEDIA;
    }
    return Verdict.media(variant(found, name));
  }

  /** The media type that the name stands for, when files of that name are collected. */
  static Optional<String> byName(String name) {
    return Optional.of(named(name).toString()).filter(type -> MediaKind.of(type).isPresent());
  }

  private static String variant(MediaType content, String name) {
    MediaType named = named(name);
    boolean variant =
        MediaKind.of(named.toString()).isPresent()
            && Table.TYPES.getMediaTypeRegistry().isSpecializationOf(named, content);
    return (variant ? named : content).toString();
  }

  private static MediaType signature(Head head) {
    return detect(new ByteArrayInputStream(head.bytes(), 0, head.length()), new Metadata());
  }

  private static MediaType named(String name) {
    Metadata hint = new Metadata();
    hint.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    return detect(null, hint);
  }

  private static MediaType detect(@Nullable InputStream content, Metadata hint) {
    try {
      return Table.TYPES.detect(content, hint).getBaseType();
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array cannot fail", e);
    } catch (RuntimeException | StackOverflowError e) {
      // Some of the table's signatures are regular expressions, which are matched by recursion:
      // content made for it could exhaust the stack. Such content says nothing.
      return MediaType.OCTET_STREAM;
    }
  }
}
