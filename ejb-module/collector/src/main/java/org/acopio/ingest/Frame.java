package org.acopio.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One message in either direction.
 *
 * @param type what it is; an answer has the type of its request plus {@link #ANSWER}
 * @param request the number that the client gave its request; 0 speaks of the connection
 * @param body what the type asks for
 */
record Frame(int type, int request, ByteBuffer body) {
  /** Bytes of type and request number. */
  static final int HEAD_BYTES = 5;

  static final int ANSWER = 0x80;
  static final int ERROR = 0xff;
  private static final int MAX_TEXT = 2_000;

  /** The frame in these bytes, which do not include its length. */
  static Frame of(ByteBuffer bytes) {
    return new Frame(Byte.toUnsignedInt(bytes.get()), bytes.getInt(), bytes.slice());
  }

  /** The answer to this request. */
  Frame answer(byte[] answer) {
    return new Frame(type + ANSWER, request, ByteBuffer.wrap(answer));
  }

  /** What a request gets that is not done, or a connection that ends (request 0). */
  static Frame error(int request, Fault fault, String text) {
    String bounded = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    byte[] utf8 = bounded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(2 + Integer.BYTES + utf8.length);
    body.put((byte) fault.code()).put((byte) (fault.retryable() ? 1 : 0));
    body.putInt(utf8.length).put(utf8).flip();
    return new Frame(ERROR, request, body);
  }

  /** With its length in front, ready to be sent. */
  ByteBuffer bytes() {
    int length = HEAD_BYTES + body.remaining();
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .put((byte) type)
        .putInt(request)
        .put(body.duplicate())
        .flip();
  }
}
