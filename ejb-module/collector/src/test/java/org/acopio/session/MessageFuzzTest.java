package org.acopio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever a client of the session protocol sends: answers of the documented form only. */
class MessageFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T17:00:00Z"), ZoneOffset.UTC);

  private static final Pattern ANSWER = Pattern.compile("\\G(21/11/2026 17:00:00 )?5 secs(\r?\n)?");

  @FuzzTest
  void everyMessageHasOneAnswerAndSalirTheLast(byte[] bytes) {
    SessionProtocol protocol = new SessionProtocol(CLOCK, () -> Duration.ofSeconds(5));
    StringBuilder said = new StringBuilder();
    boolean over = false;
    int piece = bytes.length == 0 ? 1 : 1 + (bytes[0] & 31);
    for (int at = 0; at < bytes.length; at += piece) {
      ByteBuffer input = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      SessionProtocol.Answer answer = protocol.read(input);
      assertEquals(0, input.remaining(), "all input is used");
      assertTrue(!over || answer.bytes().remaining() == 0, "nothing is said after the last answer");
      over |= answer.last();
      said.append(StandardCharsets.US_ASCII.decode(answer.bytes()));
    }
    said.append(StandardCharsets.US_ASCII.decode(protocol.inputEnded().bytes()));
    // One answer at a time: a group that is repeated thousands of times needs a stack as deep.
    Matcher answer = ANSWER.matcher(said);
    int answers = 0;
    int end = 0;
    for (; answer.find(); end = answer.end()) {
      answers++;
    }
    assertEquals(said.length(), end, said::toString);
    assertEquals(protocol.messages(), answers, said::toString);
    assertTrue(protocol.messages() <= bytes.length, "no answer without a byte");
  }
}
