package org.acopio.media;

import java.util.Optional;

/** The kinds of file that are collected. */
public enum MediaKind {
  IMAGE,
  PDF,
  AUDIO,
  VIDEO;

  /**
   * The kind that a media type belongs to; nothing for one that is not collected. Playlists count
   * as none: they only name audio and video files.
   */
  public static Optional<MediaKind> of(String mediaType) {
    if (mediaType.endsWith("mpegurl")) {
      return Optional.empty();
    }
    if (mediaType.startsWith("image/")) {
      return Optional.of(IMAGE);
    }
    if (mediaType.startsWith("audio/")) {
      return Optional.of(AUDIO);
    }
    if (mediaType.startsWith("video/")
        || mediaType.equals(MediaTypes.MXF)
        || mediaType.equals(MediaTypes.REAL_MEDIA)) {
      return Optional.of(VIDEO);
    }
    return mediaType.equals(MediaTypes.PDF) ? Optional.of(PDF) : Optional.empty();
  }
}
