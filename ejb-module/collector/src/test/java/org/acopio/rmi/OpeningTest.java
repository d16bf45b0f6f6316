package org.acopio.rmi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the first bytes of a connection are taken for. */
class OpeningTest {
  @ParameterizedTest
  @CsvSource({
    // JRMI 2, stream protocol; single operation; multiplex, which nobody speaks
    "4a524d4900024b, PLAIN, FOREIGN",
    "4a524d4900024c50, PLAIN, FOREIGN",
    "4a524d4900024d, FOREIGN, FOREIGN",
    "4a524d490002, UNKNOWN, FOREIGN",
    "4a, UNKNOWN, FOREIGN",
    "4a524d490003, FOREIGN, FOREIGN",
    // GET
    "474554, FOREIGN, FOREIGN",
    "'', UNKNOWN, UNKNOWN",
    // handshake, TLS 1.0 as all versions begin, two bytes
    "160301000201ff, TLS, TLS",
    "1603010002, UNKNOWN, UNKNOWN",
    "160301000201, UNKNOWN, UNKNOWN",
    "16, UNKNOWN, UNKNOWN",
    // SSL 2, an empty record, one that is too long
    "1602, FOREIGN, FOREIGN",
    "1603010000, FOREIGN, FOREIGN",
    "1603014001, FOREIGN, FOREIGN",
  })
  void beginningSaysWhatItIs(String hex, Opening fromHere, Opening fromElsewhere) {
    byte[] head = HexFormat.of().parseHex(hex);
    assertEquals(fromHere, Opening.of(head, true));
    assertEquals(fromElsewhere, Opening.of(head, false));
  }

  @ParameterizedTest
  @CsvSource({"4a524d4900024b, PLAIN", "160301000201ff, TLS"})
  void everyShorterBeginningIsUnknown(String hex, Opening whole) {
    byte[] head = HexFormat.of().parseHex(hex);
    for (int length = 0; length < head.length; length++) {
      assertEquals(Opening.UNKNOWN, Opening.of(Arrays.copyOf(head, length), true));
    }
    assertEquals(whole, Opening.of(head, true));
  }
}
