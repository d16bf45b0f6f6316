package org.acopio.web.content;

import java.util.Map;

/**
 * As what a file is served. Only types that a browser shows or plays without running anything of
 * the file are served as themselves; everything else is bytes to be saved.
 *
 * @param mediaType of the answer
 * @param inline whether the browser may show it in place
 */
record ServedType(String mediaType, boolean inline) {
  private static final ServedType BYTES = new ServedType("application/octet-stream", false);

  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          Map.entry("image/jpeg", "image/jpeg"),
          Map.entry("image/png", "image/png"),
          Map.entry("image/gif", "image/gif"),
          Map.entry("image/webp", "image/webp"),
          Map.entry("image/bmp", "image/bmp"),
          Map.entry("image/avif", "image/avif"),
          Map.entry("video/mp4", "video/mp4"),
          Map.entry("video/x-m4v", "video/mp4"),
          Map.entry("video/webm", "video/webm"),
          Map.entry("video/quicktime", "video/quicktime"),
          Map.entry("video/ogg", "video/ogg"),
          Map.entry("audio/mpeg", "audio/mpeg"),
          Map.entry("audio/mp4", "audio/mp4"),
          Map.entry("audio/webm", "audio/webm"),
          Map.entry("audio/vnd.wave", "audio/wav"),
          Map.entry("audio/x-flac", "audio/flac"),
          Map.entry("audio/ogg", "audio/ogg"),
          Map.entry("audio/opus", "audio/ogg"),
          Map.entry("audio/vorbis", "audio/ogg"),
          Map.entry("audio/speex", "audio/ogg"),
          Map.entry("audio/x-oggflac", "audio/ogg"));

  /** For a file that the server takes for {@code mediaType}. */
  static ServedType of(String mediaType) {
    String shown = SHOWN.get(mediaType);
    return shown == null ? BYTES : new ServedType(shown, true);
  }
}
