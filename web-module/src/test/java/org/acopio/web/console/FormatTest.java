package org.acopio.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  private final Format english = new Format(Locale.ENGLISH);
  private final Format spanish = new Format(Locale.forLanguageTag("es"));

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 0.98 KiB",
    "4509715660, 4.2 GiB",
    "107374182400, 100 GiB",
    "9223372036854775807, 8 EiB"
  })
  void sizesHaveThreeDigits(long bytes, String shown) {
    assertEquals(shown, english.bytes(bytes));
  }

  @Test
  void figuresAreThoseOfTheLanguage() {
    assertEquals("4,2 GiB", spanish.bytes(4_509_715_660L));
    assertEquals("12.345", spanish.count(12_345));
    assertEquals("12,345", english.count(12_345));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0:00", "PT7S, 0:07", "PT2H3M9S, 2:03:09", "PT100H, 100:00:00"})
  void durationsReadLikeAClock(Duration duration, String shown) {
    assertEquals(shown, english.duration(duration));
  }

  @Test
  void whatIsAbsentIsADash() {
    assertEquals("–", english.bytes(null));
    assertEquals("–", english.time(null));
  }
}
