package org.acopio.socket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages are the same however the bytes are cut. */
class FrameDecoderTest {
  private static final int MOST = 10_000;

  @Test
  void linesComeWithTheirEndsHoweverTheBytesAreCut() throws FrameException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add("x".repeat(random.nextInt(300)) + (random.nextBoolean() ? "\r\n" : "\n"));
    }
    byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20; round++) {
      assertEquals(lines, decode(Framing.LINE.decoder(MOST), bytes, random));
    }
  }

  @Test
  void framesComeWithoutTheirLengthsHoweverTheBytesAreCut() throws FrameException {
    Random random = new Random(2);
    List<String> frames = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.allocate(2_000_000);
    for (int i = 0; i < 300; i++) {
      frames.add("y".repeat(i % 10 == 0 ? 0 : random.nextInt(5_000)));
      bytes.putInt(frames.get(i).length()).put(frames.get(i).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = new byte[bytes.flip().remaining()];
    bytes.get(whole);
    for (int round = 0; round < 20; round++) {
      assertEquals(frames, decode(Framing.LENGTH.decoder(MOST), whole, random));
    }
  }

  @Test
  void rawMessagesAreWhatWasReadInPiecesOfAtMostTheLimit() throws FrameException {
    FrameDecoder decoder = Framing.RAW.decoder(3);
    ByteBuffer input = ascii("abcdefgh");
    assertEquals("abc", text(decoder.next(input)));
    assertEquals("def", text(decoder.next(input)));
    assertEquals("gh", text(decoder.next(input)));
    assertNull(decoder.next(input));
    assertNull(decoder.end());
  }

  @Test
  void aLineAsLongAsTheLimitPassesAndOneByteMoreDoesNot() throws FrameException {
    assertEquals("1234\n", text(Framing.LINE.decoder(5).next(ascii("1234\n"))));
    assertThrows(FrameException.class, () -> Framing.LINE.decoder(5).next(ascii("12345\n")));
    FrameDecoder decoder = Framing.LINE.decoder(5);
    assertNull(decoder.next(ascii("12345")));
    assertThrows(FrameException.class, () -> decoder.next(ascii("6")));
  }

  @Test
  void aFrameThatDeclaresTooMuchIsRefusedBeforeAnyOfItCame() {
    for (int declared : new int[] {MOST + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      ByteBuffer header = ByteBuffer.allocate(4).putInt(declared).flip();
      FrameException refused =
          assertThrows(FrameException.class, () -> Framing.LENGTH.decoder(MOST).next(header));
      assertTrue(refused.getMessage().contains(Integer.toUnsignedString(declared)));
    }
  }

  @Test
  void anUnfinishedLineIsTheLastMessageAndAnUnfinishedFrameAnError() throws FrameException {
    FrameDecoder lines = Framing.LINE.decoder(MOST);
    assertNull(lines.next(ascii("half")));
    assertEquals("half", text(lines.end()));
    assertNull(lines.end());
    FrameDecoder header = Framing.LENGTH.decoder(MOST);
    assertNull(header.next(ascii("\0\0")));
    assertThrows(FrameException.class, header::end);
    FrameDecoder body = Framing.LENGTH.decoder(MOST);
    assertNull(body.next(ascii("\0\0\0\2a")));
    assertThrows(FrameException.class, body::end);
    assertNull(Framing.LENGTH.decoder(MOST).end());
  }

  private static List<String> decode(FrameDecoder decoder, byte[] bytes, Random random)
      throws FrameException {
    List<String> messages = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int length = Math.min(bytes.length - from, 1 + random.nextInt(random.nextInt(2_000) + 1));
      ByteBuffer input = ByteBuffer.wrap(bytes, from, length);
      for (ByteBuffer next = decoder.next(input); next != null; next = decoder.next(input)) {
        assertTrue(next.isReadOnly());
        messages.add(text(next));
      }
      from += length;
    }
    assertNull(decoder.end());
    return messages;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(@org.jspecify.annotations.Nullable ByteBuffer message) {
    return message == null ? "nothing" : StandardCharsets.US_ASCII.decode(message).toString();
  }
}
