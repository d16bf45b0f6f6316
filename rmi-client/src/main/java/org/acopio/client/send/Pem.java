package org.acopio.client.send;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes as text between two lines that say what they are (RFC 7468). */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final byte[] LINE_END = {'\n'};
  private static final int LINE_CHARACTERS = 64;

  private Pem() {}

  static byte[] encode(String label, byte[] der) {
    String text =
        begin(label)
            + "\n"
            + Base64.getMimeEncoder(LINE_CHARACTERS, LINE_END).encodeToString(der)
            + "\n"
            + end(label)
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The bytes of the first one of its kind.
   *
   * @throws IllegalArgumentException when there is none
   */
  static byte[] decode(String label, byte[] pem) {
    String text = new String(pem, StandardCharsets.US_ASCII);
    int begin = text.indexOf(begin(label));
    int from = begin + begin(label).length();
    int end = begin < 0 ? -1 : text.indexOf(end(label), from);
    if (end < 0) {
      throw new IllegalArgumentException("there is no '" + begin(label) + "' with its end");
    }
    return Base64.getMimeDecoder().decode(text.substring(from, end));
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
