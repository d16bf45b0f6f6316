package org.acopio.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityException.Reason;
import org.acopio.remote.ParityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParitiesTest {
  @Property(tries = 500, seed = "4202611")
  void everyLongHasTheParityOfItsDecimalText(@ForAll long n) throws ParityException {
    Parity expected = Math.floorMod(n, 2L) == 0 ? Parity.EVEN : Parity.ODD;
    assertEquals(expected, Parities.of(n));
    assertEquals(expected, Parities.of(Long.toString(n)));
  }

  @Property(tries = 300, seed = "4202611")
  void everyIntegerHasTheParityOfItsLowestBit(@ForAll BigInteger n) throws ParityException {
    assertEquals(n.testBit(0) ? Parity.ODD : Parity.EVEN, Parities.of(n.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, EVEN",
    "-0, EVEN",
    "+0, EVEN",
    "1, ODD",
    "-1, ODD",
    "+1, ODD",
    "-7, ODD",
    "-42, EVEN",
    "007, ODD",
    "9223372036854775807, ODD",
    "-9223372036854775808, EVEN",
    "340282366920938463463374607431768211456, EVEN"
  })
  void signAndLengthDoNotMatter(String decimal, Parity expected) throws ParityException {
    assertEquals(expected, Parities.of(decimal));
  }

  @Test
  void wordsAreThoseOfTheClients() {
    assertEquals("Par", Parities.of(2).word());
    assertEquals("Impar", Parities.of(-3).word());
  }

  @Test
  void aMillionDigitsCostOneLookAtEach() {
    String even = "-" + "9".repeat(ParityService.MAX_DIGITS - 1) + "8";
    // BigInteger needs seconds for one of these; a hundred are looked at here.
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertEquals(Parity.EVEN, Parities.of(even));
          }
        });
  }

  @Test
  void oneDigitTooManyIsTooLong() {
    assertRefused(Reason.TOO_LONG, "1".repeat(ParityService.MAX_DIGITS + 1));
    assertRefused(Reason.TOO_LONG, "-" + "1".repeat(ParityService.MAX_DIGITS + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "+"})
  void textWithoutADigitIsEmpty(String text) {
    assertRefused(Reason.EMPTY, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 1", "1 ", "1.0", "1,000", "0x10", "1e3", "--1", "+-1", "1-", "٤٢", "１２", "½", "NaN",
        "\u0000", "1\n", "𝟜"
      })
  void whatIsNoDecimalIntegerIsRefused(String text) {
    assertRefused(Reason.NOT_AN_INTEGER, text);
  }

  @Test
  void refusalShowsTheBeginningOfLongTextOnly() {
    ParityException refused = assertRefused(Reason.NOT_AN_INTEGER, "1".repeat(500_000) + "x");
    assertTrue(refused.getMessage().length() < 300);
    assertTrue(refused.getMessage().contains("500001"));
  }

  @Test
  void listsAreAnsweredInOrder() throws ParityException {
    assertEquals(
        List.of(Parity.ODD, Parity.EVEN, Parity.ODD), Parities.of(List.of("1", "2", "-3")));
    assertEquals(List.of(), Parities.of(List.of()));
  }

  @Test
  void refusalOfAListNamesThePlace() {
    ParityException refused =
        assertThrows(ParityException.class, () -> Parities.of(List.of("1", "2", "tres")));
    assertEquals(Reason.NOT_AN_INTEGER, refused.reason());
    assertTrue(refused.getMessage().startsWith("number 3: "), refused.getMessage());
  }

  @Test
  void listsHaveALimit() throws ParityException {
    assertEquals(
        ParityService.MAX_BATCH,
        Parities.of(Collections.nCopies(ParityService.MAX_BATCH, "4")).size());
    List<String> many = Collections.nCopies(ParityService.MAX_BATCH + 1, "4");
    assertEquals(
        Reason.TOO_MANY, assertThrows(ParityException.class, () -> Parities.of(many)).reason());
  }

  private static ParityException assertRefused(Reason reason, String decimal) {
    ParityException refused = assertThrows(ParityException.class, () -> Parities.of(decimal));
    assertEquals(reason, refused.reason());
    return refused;
  }
}
