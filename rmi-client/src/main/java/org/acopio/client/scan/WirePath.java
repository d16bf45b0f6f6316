package org.acopio.client.scan;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes that a path has on the wire and in the journal. */
final class WirePath {
  private static final boolean NAMES_ARE_BYTES = File.separatorChar == '/';
  private static final boolean DECODED_AS_UTF_8 =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
  private static final char REPLACEMENT = '\ufffd';

  private WirePath() {}

  /**
   * The bytes of an absolute path, exactly as the PC has them; on Windows UTF-8 with {@code /} as
   * separator.
   */
  static byte[] of(Path absolute) {
    String text = absolute.toString();
    if (!NAMES_ARE_BYTES) {
      return text.replace(File.separatorChar, '/').getBytes(StandardCharsets.UTF_8);
    }
    // The text is what the JDK decoded; where that may have lost something, its URI has the bytes.
    return roundTrips(text) ? text.getBytes(StandardCharsets.UTF_8) : raw(absolute);
  }

  private static boolean roundTrips(String text) {
    if (DECODED_AS_UTF_8) {
      return text.indexOf(REPLACEMENT) < 0;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static byte[] raw(Path absolute) {
    // That of a folder ends with a slash; the root, which is one, comes back from its text.
    String uri = absolute.toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
    for (int i = 0; i < end; i++) {
      char c = uri.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}
