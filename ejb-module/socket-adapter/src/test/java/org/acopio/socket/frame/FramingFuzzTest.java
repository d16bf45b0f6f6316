package org.acopio.socket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Whatever bytes a connection brings: the same messages however they are cut, or a refusal. */
class FramingFuzzTest {
  private static final int MOST = 64;

  @FuzzTest
  void linesAreTheSameHoweverTheyAreCut(byte[] bytes) {
    sameHoweverCut(Framing.LINE, bytes);
  }

  @FuzzTest
  void framesAreTheSameHoweverTheyAreCut(byte[] bytes) {
    sameHoweverCut(Framing.LENGTH, bytes);
  }

  @FuzzTest
  void rawMessagesAreEveryByte(byte[] bytes) {
    assertEquals(HexFormat.of().formatHex(bytes), String.join("", messages(Framing.RAW, bytes, 7)));
  }

  private static void sameHoweverCut(Framing framing, byte[] bytes) {
    List<String> whole = messages(framing, bytes, Math.max(1, bytes.length));
    for (String message : whole) {
      assertTrue(message.equals("refused") || message.length() <= 2 * MOST, "bounded");
    }
    for (int piece : new int[] {1, 3, 7}) {
      assertEquals(whole, messages(framing, bytes, piece), () -> "in pieces of " + piece);
    }
  }

  /** In hexadecimal digits; {@code refused} is the last where there is no going on. */
  private static List<String> messages(Framing framing, byte[] bytes, int piece) {
    List<String> messages = new ArrayList<>();
    FrameDecoder decoder = framing.decoder(MOST);
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        ByteBuffer input = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
        for (ByteBuffer next = decoder.next(input); next != null; next = decoder.next(input)) {
          messages.add(hex(next));
        }
        assertEquals(0, input.remaining(), "all input is used");
      }
      ByteBuffer last = decoder.end();
      if (last != null) {
        messages.add(hex(last));
      }
    } catch (FrameException e) {
      messages.add("refused");
    }
    return messages;
  }

  private static String hex(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @FuzzTest
  void proxyHeaderIsReadOrRefusedAndNothingBehindIt(byte[] bytes) {
    String whole = header(bytes, Math.max(1, bytes.length));
    assertEquals(whole, header(bytes, 1));
    assertEquals(whole, header(bytes, 5));
  }

  /** What it says and how many bytes it took, or that there is none. */
  private static String header(byte[] bytes, int piece) {
    ProxyHeaderReader reader = new ProxyHeaderReader();
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        int end = Math.min(bytes.length, at + piece);
        ByteBuffer input = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end));
        Optional<ProxyHeader> header = reader.read(input);
        if (header.isPresent()) {
          int taken = end - input.remaining();
          assertTrue(taken <= 4_096, "at most 4 KiB");
          return header.get() + " in " + taken + " bytes";
        }
        assertEquals(0, input.remaining(), "all input is used");
        assertTrue(reader.wanted() > 0 && reader.wanted() <= 4_096, "it says how many it needs");
      }
      return "more is needed";
    } catch (FrameException e) {
      return "refused";
    }
  }
}
