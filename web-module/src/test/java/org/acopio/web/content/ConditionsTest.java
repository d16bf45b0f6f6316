package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.acopio.web.content.Conditions.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 13. */
class ConditionsTest {
  private static final Instant CHANGED = Instant.parse("1994-11-15T12:45:26.5Z");
  private static final String SAME = "Tue, 15 Nov 1994 12:45:26 GMT";
  private static final String BEFORE = "Tue, 15 Nov 1994 12:45:25 GMT";
  private static final String AFTER = "Tue, 15 Nov 1994 12:45:27 GMT";

  private static Conditions of(Map<String, String> headers) {
    return new Conditions(headers::get, "\"abc\"", CHANGED);
  }

  private static Verdict verdict(String... headers) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return of(map).verdict();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"abc\"`, NOT_MODIFIED",
        "`W/\"abc\"`, NOT_MODIFIED",
        "`\"x\", \"abc\"`, NOT_MODIFIED",
        "`\"a,b\", W/\"abc\"`, NOT_MODIFIED",
        "*, NOT_MODIFIED",
        "`\"abcd\"`, SEND",
        "abc, SEND",
        "`\"x\" rubbish \"abc\"`, SEND"
      })
  void ifNoneMatch(String header, Verdict verdict) {
    assertEquals(verdict, verdict("If-None-Match", header));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"abc\"`, SEND",
        "*, SEND",
        "`W/\"abc\"`, FAILED",
        "`\"x\"`, FAILED",
        "`x`, FAILED"
      })
  void ifMatch(String header, Verdict verdict) {
    assertEquals(verdict, verdict("If-Match", header));
  }

  @Test
  void timesCountBySeconds() {
    assertEquals(Verdict.NOT_MODIFIED, verdict("If-Modified-Since", SAME));
    assertEquals(Verdict.NOT_MODIFIED, verdict("If-Modified-Since", AFTER));
    assertEquals(Verdict.SEND, verdict("If-Modified-Since", BEFORE));
    assertEquals(Verdict.SEND, verdict("If-Modified-Since", "yesterday"));
    assertEquals(Verdict.SEND, verdict("If-Unmodified-Since", SAME));
    assertEquals(Verdict.FAILED, verdict("If-Unmodified-Since", BEFORE));
  }

  @Test
  void tagsCountMoreThanTimes() {
    assertEquals(Verdict.SEND, verdict("If-None-Match", "\"x\"", "If-Modified-Since", AFTER));
    assertEquals(Verdict.SEND, verdict("If-Match", "\"abc\"", "If-Unmodified-Since", BEFORE));
    assertEquals(Verdict.FAILED, verdict("If-Match", "\"x\"", "If-None-Match", "\"abc\""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"abc\"`, true",
        "`W/\"abc\"`, false",
        "`\"x\"`, false",
        "`" + SAME + "`, true",
        "`" + AFTER + "`, false",
        "rubbish, false"
      })
  void ifRangeWantsExactlyTheSame(String header, boolean apply) {
    assertEquals(apply, of(Map.of("If-Range", header)).rangesApply());
  }

  @Test
  void withoutConditionsEverythingIsSent() {
    assertEquals(Verdict.SEND, verdict());
    assertEquals(true, of(Map.of()).rangesApply());
  }

  @Test
  void datesAreThoseOfHttp() {
    assertEquals(
        "Sun, 06 Nov 1994 08:49:37 GMT",
        Conditions.httpDate(Instant.parse("1994-11-06T08:49:37.9Z")));
  }
}
