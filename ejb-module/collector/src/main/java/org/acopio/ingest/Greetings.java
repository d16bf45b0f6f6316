package org.acopio.ingest;

/** What other protocols begin with, for a refusal that helps. */
final class Greetings {
  private Greetings() {}

  /** What a connection probably speaks that begins with this byte. */
  static String guess(byte first) {
    if (first == 0x16) {
      return "they look like TLS, which is not spoken inside TLS";
    }
    if (first == 'J') {
      return "they look like Java RMI";
    }
    if (first >= 'A' && first <= 'Z') {
      return "they look like HTTP";
    }
    return String.format("the first one is 0x%02x", first);
  }
}
