package org.acopio.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginFilterTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "http://localhost:8000, localhost:8000, true",
        "https://archive.example, archive.example, true",
        "http://LOCALHOST:8000, localhost:8000, true",
        "http://evil.example, localhost:8000, false",
        "http://localhost:8001, localhost:8000, false",
        "null, localhost:8000, false",
        "http://localhost:8000.evil.example, localhost:8000, false",
        "http://localhost:8000, -, false",
        "-, localhost:8000, true"
      })
  void onlyPagesOfThisServerMayListen(String origin, String host, boolean own) {
    assertEquals(own, SameOriginFilter.isOwn(origin, host));
  }
}
