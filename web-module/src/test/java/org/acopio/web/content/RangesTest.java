package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.acopio.web.content.Ranges.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14, on a file of 10,000 bytes as in its examples. */
class RangesTest {
  private static final long SIZE = 10_000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0, 499",
    "bytes=500-999, 500, 999",
    "bytes=-500, 9500, 9999",
    "bytes=9500-, 9500, 9999",
    "bytes=0-0, 0, 0",
    "bytes=-1, 9999, 9999",
    "bytes=9999-, 9999, 9999",
    "bytes=0-, 0, 9999",
    "bytes=0-99999999, 0, 9999",
    "bytes=-99999999, 0, 9999",
    "BYTES=1-2, 1, 2",
    "'bytes= 1-2 ', 1, 2",
    "'bytes=,1-2,,', 1, 2",
    "'bytes=5-6,20000-', 5, 6"
  })
  void oneRange(String header, long first, long last) {
    assertEquals(Optional.of(List.of(new Range(first, last))), Ranges.of(header, SIZE));
  }

  @Test
  void severalRangesStayInTheirOrder() {
    assertEquals(
        Optional.of(List.of(new Range(500, 700), new Range(0, 0), new Range(9_999, 9_999))),
        Ranges.of("bytes=500-700, 0-0, -1", SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10000-", "bytes=10000-20000", "bytes=-0", "bytes=99999-,-0"})
  void noneOfThemInTheFile(String header) {
    assertEquals(Optional.of(List.of()), Ranges.of(header, SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=5",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=1 - 2",
        "bytes=+1-2",
        "bytes=1-2;3-4",
        "bytes=9999999999999999999999-",
        "items=0-5",
        "bytes=0-9999,0-9999",
        "bytes=0-5000,5000-9999"
      })
  void whatIsNotUnderstoodOrAsksForMoreThanAllIsTheWhole(String header) {
    assertEquals(Optional.empty(), Ranges.of(header, SIZE));
  }

  @Test
  void manyRangesAreTheWhole() {
    String few = "bytes=" + "0-0,".repeat(Ranges.MAX);
    assertEquals(Ranges.MAX, Ranges.of(few, SIZE).orElseThrow().size());
    assertEquals(Optional.empty(), Ranges.of(few + "0-0", SIZE));
    assertEquals(Optional.empty(), Ranges.of("bytes=" + " ".repeat(2_000) + "0-0", SIZE));
  }

  @Test
  void noHeaderAndNoBytesAreTheWhole() {
    assertEquals(Optional.empty(), Ranges.of(null, SIZE));
    assertEquals(Optional.empty(), Ranges.of("bytes=0-", 0));
  }

  @Test
  void contentRangeNamesBytesAndSize() {
    assertEquals("bytes 42-1233/10000", new Range(42, 1_233).of(SIZE));
  }
}
