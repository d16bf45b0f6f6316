package org.acopio.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiPredicate;

/**
 * Cuts what reads bring into messages. A read with a newline yields its lines, and what follows the
 * last of them is kept. A read without a newline is one message, together with what was kept: a
 * client that sends its messages unframed gets an answer to each send, as does a person who types
 * lines. What is kept is bounded; beyond {@value #MAX_KEPT_BYTES} bytes it is a message too. At the
 * end of input so is what is kept.
 *
 * <p>For one connection, and one thread at a time.
 */
final class MessageReader {
  static final int MAX_KEPT_BYTES = 8 * 1024;

  private static final byte[] NOTHING = {};

  private byte[] kept = NOTHING;

  /**
   * Gives each message that is complete now, without its line end, to {@code taker}, until that
   * returns {@code false}; then everything that is left is thrown away.
   */
  void read(ByteBuffer bytes, BiPredicate<byte[], LineEnd> taker) {
    byte[] all = joined(bytes);
    int read = all.length - kept.length;
    kept = NOTHING;
    int start = 0;
    for (int newline = indexOfNewline(all, start);
        newline >= 0;
        newline = indexOfNewline(all, start)) {
      boolean crlf = newline > start && all[newline - 1] == '\r';
      byte[] line = Arrays.copyOfRange(all, start, crlf ? newline - 1 : newline);
      start = newline + 1;
      if (!taker.test(line, crlf ? LineEnd.CRLF : LineEnd.LF)) {
        return;
      }
    }
    boolean unframed = start == 0 && read > 0;
    byte[] rest = start == 0 ? all : Arrays.copyOfRange(all, start, all.length);
    if (unframed || rest.length > MAX_KEPT_BYTES) {
      // Nothing comes behind it, whether or not the taker wants more.
      boolean unused = taker.test(rest, LineEnd.NONE);
    } else {
      kept = rest;
    }
  }

  /** What was kept, as the last message; empty when nothing was. */
  byte[] end() {
    byte[] last = kept;
    kept = NOTHING;
    return last;
  }

  private byte[] joined(ByteBuffer bytes) {
    byte[] all = Arrays.copyOf(kept, kept.length + bytes.remaining());
    bytes.get(all, kept.length, bytes.remaining());
    return all;
  }

  private static int indexOfNewline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
