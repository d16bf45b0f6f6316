package org.acopio.client.talk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever a server says: what it should have said, or a failure that shows a bounded piece. */
class AnswerFuzzTest {
  private static final byte[] MESSAGE = "a\nb\r\n".getBytes(StandardCharsets.US_ASCII);

  @FuzzTest
  void echoIsTheMessageAndNothingElse(byte[] bytes) {
    try {
      EchoAnswer answer = new EchoAnswer(MESSAGE);
      say(answer, bytes);
      assertArrayEquals(Arrays.copyOf(MESSAGE, bytes.length), bytes, "no other bytes are taken");
      assertEquals(bytes.length == MESSAGE.length, answer.complete());
    } catch (TalkException e) {
      assertTrue(e.heard().length() <= 60, e::heard);
    }
  }

  @FuzzTest
  void sessionAnswerIsBounded(byte[] bytes) {
    SessionAnswer answer = new SessionAnswer();
    try {
      say(answer, bytes);
      assertEquals(bytes.length, answer.bytes());
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertEquals(text.endsWith(" secs"), answer.complete());
    } catch (TalkException e) {
      assertTrue(bytes.length > 4_096 && e.heard().length() <= 4_096);
    }
  }

  private static void say(Answer answer, byte[] bytes) throws TalkException {
    for (int at = 0; at < bytes.length; at += 3) {
      answer.take(ByteBuffer.wrap(bytes, at, Math.min(3, bytes.length - at)));
    }
  }
}
