package org.acopio.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;

/** Whatever text is said to be a number: what arithmetic says, or a refusal. */
class ParityFuzzTest {
  @FuzzTest
  void parityIsThatOfTheNumberOrThereIsNone(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean decimal = text.matches("[+-]?[0-9]+");
    try {
      Parity parity = Parities.of(text);
      assertTrue(decimal, text);
      assertEquals(new BigInteger(text).testBit(0) ? Parity.ODD : Parity.EVEN, parity);
    } catch (ParityException e) {
      assertFalse(decimal, text);
      assertTrue(e.getMessage().length() < 200, e::getMessage);
    }
  }
}
