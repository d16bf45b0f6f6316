package org.acopio.media;

import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a file say about its type.
 *
 * @param certainty whether they say it is media, say it is not, or say nothing
 * @param mediaType there when it is media
 */
record Verdict(Certainty certainty, @Nullable String mediaType) {
  /** The content is of no kind that is collected, whatever the name says. */
  static final Verdict NOT_MEDIA = new Verdict(Certainty.NOT_MEDIA, null);

  /** The content says nothing. */
  static final Verdict UNDECIDED = new Verdict(Certainty.UNDECIDED, null);

  enum Certainty {
    MEDIA,
    NOT_MEDIA,
    UNDECIDED
  }

  static Verdict media(String mediaType) {
    return new Verdict(Certainty.MEDIA, mediaType);
  }

  boolean decided() {
    return certainty != Certainty.UNDECIDED;
  }
}
