package org.acopio.thumbnail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.acopio.thumbnail.Outcome.Details;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
  @Test
  void textsAreShortAndPlain() {
    String said = "a\u0000b\u202ec\nd\u2028e\u200bf\ud800g\u001b[31m" + "x".repeat(10_000);
    String kept = new Details(Map.of(Fact.TITLE, said)).facts().get(Fact.TITLE);
    assertEquals("abc d efg[31m", kept.substring(0, 13));
    assertEquals(PlainText.MAX, kept.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "1e999999999", "12 px", "", "<b>", "0x10"})
  void whatIsNoNumberIsLeftOut(String said) {
    assertEquals(Map.of(), new Details(Map.of(Fact.WIDTH, said)).facts());
  }

  @Test
  void numbersStay() {
    assertEquals(
        Map.of(Fact.LATITUDE, "-34.6"), new Details(Map.of(Fact.LATITUDE, "-34.6")).facts());
  }
}
