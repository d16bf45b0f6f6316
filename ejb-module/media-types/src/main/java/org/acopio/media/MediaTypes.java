package org.acopio.media;

/** The media types that more than one class of this package names. */
final class MediaTypes {
  static final String PDF = "application/pdf";
  static final String MXF = "application/mxf";
  static final String REAL_MEDIA = "application/vnd.rn-realmedia";
  static final String OGG = "application/ogg";
  static final String MATROSKA = "application/x-matroska";
  static final String TRANSPORT_STREAM = "video/mp2t";

  private MediaTypes() {}
}
