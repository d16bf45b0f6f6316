package org.acopio.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as people sort them. */
class NaturalOrderTest {
  @ParameterizedTest
  @CsvSource({
    "a9,a10",
    "a9b,a10a",
    "a,a1",
    "1,a",
    "a2,a2b",
    "a007,a8",
    "a99999999999999999999,a100000000000000000000",
    "a1-2,a1-10",
    "a/b,a/c",
    "z,é"
  })
  void firstComesBeforeSecond(String first, String second) {
    byte[] a = first.getBytes(StandardCharsets.UTF_8);
    byte[] b = second.getBytes(StandardCharsets.UTF_8);
    assertEquals(-1, Integer.signum(NaturalOrder.compare(a, 0, a.length, b, 0, b.length)));
    assertEquals(1, Integer.signum(NaturalOrder.compare(b, 0, b.length, a, 0, a.length)));
    assertEquals(0, NaturalOrder.compare(a, 0, a.length, a, 0, a.length));
  }
}
