package org.acopio.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Java serialization, honest and forged. */
final class Streams {
  /** TC_ARRAY and the description of the class {@code byte[]}; the length follows. */
  private static final byte[] ARRAY_HEAD =
      HexFormat.of().parseHex("757200025b42acf317f8060854e0020000" + "7870");

  private static final byte[] OFFERS = write(Samples.offers());

  private static final byte TC_NULL = 0x70;

  private Streams() {}

  static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] stream) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stream))) {
      return in.readObject();
    }
  }

  /** The stream of a batch that arrives with these packed bytes. */
  static byte[] ofPacked(byte[] packed) {
    return withArray(OFFERS, packed);
  }

  /** A stream with one array of bytes in it, with these bytes instead. */
  static byte[] withArray(byte[] stream, byte[] bytes) {
    int length = headOfArray(stream) + ARRAY_HEAD.length;
    int rest = endOfArray(stream);
    return ByteBuffer.allocate(length + Integer.BYTES + bytes.length + stream.length - rest)
        .put(stream, 0, length)
        .putInt(bytes.length)
        .put(bytes)
        .put(stream, rest, stream.length - rest)
        .array();
  }

  /** A stream with one array of bytes in it, with null instead. */
  static byte[] withoutArray(byte[] stream) {
    int head = headOfArray(stream);
    int rest = endOfArray(stream);
    return ByteBuffer.allocate(head + 1 + stream.length - rest)
        .put(stream, 0, head)
        .put(TC_NULL)
        .put(stream, rest, stream.length - rest)
        .array();
  }

  private static int headOfArray(byte[] stream) {
    ByteBuffer head = ByteBuffer.wrap(ARRAY_HEAD);
    for (int at = 0; at + ARRAY_HEAD.length <= stream.length; at++) {
      if (ByteBuffer.wrap(stream, at, ARRAY_HEAD.length).equals(head)) {
        return at;
      }
    }
    throw new IllegalArgumentException("there is no array of bytes in it");
  }

  private static int endOfArray(byte[] stream) {
    int length = headOfArray(stream) + ARRAY_HEAD.length;
    return length + Integer.BYTES + ByteBuffer.wrap(stream).getInt(length);
  }
}
