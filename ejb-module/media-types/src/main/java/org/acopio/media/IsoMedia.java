package org.acopio.media;

import java.util.Map;

/**
 * Tells the ISO base media files apart (ISO/IEC 14496-12): video, audio and images share the
 * container, and the brands in its first box say which it is.
 */
final class IsoMedia {
  private static final int MAJOR_BRAND = 8;
  private static final int COMPATIBLE_BRANDS = 16;

  private static final Map<String, String> BY_BRAND =
      Map.ofEntries(
          Map.entry("heic", "image/heic"),
          Map.entry("heix", "image/heic"),
          Map.entry("heim", "image/heic"),
          Map.entry("heis", "image/heic"),
          Map.entry("hevc", "image/heic-sequence"),
          Map.entry("hevx", "image/heic-sequence"),
          Map.entry("avif", "image/avif"),
          Map.entry("avis", "image/avif"),
          Map.entry("mif1", "image/heif"),
          Map.entry("msf1", "image/heif-sequence"),
          Map.entry("crx ", "image/x-canon-cr3"),
          Map.entry("M4A ", "audio/mp4"),
          Map.entry("M4B ", "audio/mp4"),
          Map.entry("M4P ", "audio/mp4"),
          Map.entry("F4A ", "audio/mp4"),
          Map.entry("F4B ", "audio/mp4"),
          Map.entry("M4V ", "video/x-m4v"),
          Map.entry("M4VH", "video/x-m4v"),
          Map.entry("M4VP", "video/x-m4v"),
          Map.entry("qt  ", "video/quicktime"));

  private IsoMedia() {}

  /**
   * The media type of a file that begins with an {@code ftyp} box.
   *
   * @param name decides between audio and video where the brand is common to both
   */
  static String mediaType(Head head, String name) {
    String major = head.fourCharacters(MAJOR_BRAND);
    if (major.equals("mif1") || major.equals("msf1")) {
      return still(head, major);
    }
    String known = BY_BRAND.get(major);
    if (known != null) {
      return known;
    }
    if (major.startsWith("3g2")) {
      return "video/3gpp2";
    }
    if (major.startsWith("3g")) {
      return "video/3gpp";
    }
    String extension = FileName.extension(name);
    boolean audio = extension.equals("m4a") || extension.equals("m4b") || extension.equals("mp4a");
    return audio ? "audio/mp4" : "video/mp4";
  }

  /** The general image brands; a compatible brand may tell which codec it is. */
  private static String still(Head head, String major) {
    int end = Math.min(head.length(), boxBytes(head));
    for (int i = COMPATIBLE_BRANDS; i + 4 <= end; i += 4) {
      String brand = head.fourCharacters(i);
      if (brand.equals("heic") || brand.equals("heix") || brand.equals("avif")) {
        return BY_BRAND.getOrDefault(brand, "image/heif");
      }
    }
    return BY_BRAND.getOrDefault(major, "image/heif");
  }

  private static int boxBytes(Head head) {
    return head.at(0) != 0 || head.at(1) != 0 ? 0 : head.at(2) << 8 | head.at(3);
  }
}
