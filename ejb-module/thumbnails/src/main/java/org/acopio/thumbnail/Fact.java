package org.acopio.thumbnail;

/** What a file may say of itself. */
public enum Fact {
  /** Pixels, before the orientation is applied. */
  WIDTH("width", true),
  /** Pixels, before the orientation is applied. */
  HEIGHT("height", true),
  /** 1 to 8, as in Exif; 1 is upright. */
  ORIENTATION("orientation", true),
  /** By the clock of the camera, without a zone: {@code 2026-11-21T10:48:00}. */
  TAKEN("taken", false),
  MAKE("make", false),
  MODEL("model", false),
  LENS("lens", false),
  /** Such as {@code 1/125 s}. */
  EXPOSURE("exposure", false),
  /** Such as {@code f/2.8}. */
  APERTURE("aperture", false),
  ISO("iso", true),
  /** Such as {@code 35 mm}. */
  FOCAL_LENGTH("focalLength", false),
  /** Degrees, north is positive. */
  LATITUDE("latitude", true),
  /** Degrees, east is positive. */
  LONGITUDE("longitude", true),
  /** Metres above the sea. */
  ALTITUDE("altitude", true),
  TITLE("title", false),
  /** Who made it: the artist of music, the author of a document, the photographer. */
  ARTIST("artist", false),
  ALBUM("album", false),
  GENRE("genre", false),
  TRACK("track", false),
  YEAR("year", false),
  /** Milliseconds. */
  DURATION("durationMillis", true),
  PAGES("pages", true),
  SOFTWARE("software", false),
  DESCRIPTION("description", false);

  private final String key;
  private final boolean number;

  Fact(String key, boolean number) {
    this.key = key;
    this.number = number;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }

  /** Whether the text is a decimal number. */
  public boolean number() {
    return number;
  }
}
