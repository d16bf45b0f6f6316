package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a connection brings: its line in the log is one line, short and harmless. */
class ShownTextFuzzTest {
  @FuzzTest
  void lineOfTheLogIsOneHarmlessLine(byte[] bytes) {
    String shown = ShownText.of(ByteBuffer.wrap(bytes));
    assertTrue(shown.length() <= 201, () -> shown.length() + " characters");
    assertTrue(
        shown
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
        shown);
  }
}
