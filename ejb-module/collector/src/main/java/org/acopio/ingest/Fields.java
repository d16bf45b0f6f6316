package org.acopio.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.acopio.remote.Batch;
import org.acopio.remote.CollectorException;

/**
 * Reads the fields of a request. A length is compared with the bytes that are really there before
 * memory is taken; what a later version puts behind the fields stays unread.
 */
final class Fields {
  private final ByteBuffer in;

  Fields(ByteBuffer in) {
    this.in = in;
  }

  int int32() throws FaultException {
    return need(Integer.BYTES).getInt();
  }

  long int64() throws FaultException {
    return need(Long.BYTES).getLong();
  }

  byte[] bytes(int count) throws FaultException {
    byte[] bytes = new byte[count];
    need(count).get(bytes);
    return bytes;
  }

  /**
   * A text behind its length.
   *
   * @param max bytes
   */
  String text(int max) throws FaultException {
    int count = int32();
    if (count < 0 || count > max) {
      throw FaultException.malformed(
          "a text declares " + Integer.toUnsignedLong(count) + " bytes; it has at most " + max);
    }
    need(count);
    ByteBuffer utf8 = in.slice(in.position(), count);
    in.position(in.position() + count);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw FaultException.malformed(
          "a text of " + count + " bytes is not UTF-8; send text in UTF-8, and paths as bytes");
    }
  }

  /** A packed batch of these items. Blocks share the memory of the request. */
  <T> List<T> batch(Class<T> items) throws FaultException, CollectorException {
    Batch<?> batch;
    try {
      batch = Batch.unpack(in);
    } catch (IllegalArgumentException e) {
      throw FaultException.malformed("the packed batch cannot be read: " + e.getMessage());
    }
    try {
      return batch.items(items);
    } catch (IllegalArgumentException e) {
      throw new CollectorException(CollectorException.Code.BAD_REQUEST, e.getMessage());
    }
  }

  private ByteBuffer need(int count) throws FaultException {
    if (in.remaining() < count) {
      throw FaultException.malformed(
          "a field needs " + count + " bytes and the body has " + in.remaining() + " left");
    }
    return in;
  }
}
