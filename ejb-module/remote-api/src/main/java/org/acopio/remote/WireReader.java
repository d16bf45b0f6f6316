package org.acopio.remote;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the big-endian fields that {@link WireWriter} wrote. Every length is compared with the
 * bytes that are really there before memory is taken.
 */
final class WireReader {
  private final ByteBuffer in;

  WireReader(ByteBuffer in) {
    this.in = in;
  }

  /** The next element, and only that. */
  WireReader item() {
    return new WireReader(slice());
  }

  int int8() {
    return need(1).get();
  }

  int int32() {
    return need(4).getInt();
  }

  long int64() {
    return need(8).getLong();
  }

  byte[] bytes(int max) {
    int count = int32();
    if (count < 0 || count > max) {
      throw new WireException(
          "a field declares " + count + " bytes; at most " + max + " are allowed");
    }
    need(count);
    byte[] value = new byte[count];
    in.get(value);
    return value;
  }

  /** The next length-prefixed bytes without copying them. */
  ByteBuffer slice() {
    int count = int32();
    if (count < 0) {
      throw new WireException("a field declares " + count + " bytes");
    }
    need(count);
    ByteBuffer slice = in.slice(in.position(), count);
    in.position(in.position() + count);
    return slice;
  }

  String text(int max) {
    byte[] bytes = bytes(max);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("a text of " + bytes.length + " bytes is not UTF-8");
    }
  }

  Instant instant() {
    long seconds = int64();
    int nanos = int32();
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new WireException("no such time: " + seconds + " s " + nanos + " ns");
    }
  }

  Sha256 digest() {
    need(Sha256.LENGTH);
    byte[] value = new byte[Sha256.LENGTH];
    in.get(value);
    return Sha256.of(value);
  }

  Optional<Sha256> optionalDigest() {
    return int8() == 0 ? Optional.empty() : Optional.of(digest());
  }

  List<Range> ranges() {
    int count = int32();
    if (count < 0 || count > in.remaining() / 16) {
      throw new WireException(
          "a field declares " + count + " ranges in " + in.remaining() + " bytes");
    }
    List<Range> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(new Range(int64(), int64()));
    }
    return ranges;
  }

  Set<Integer> parts() {
    int bits = int8();
    Set<Integer> parts = new TreeSet<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      if ((bits & 1 << part) != 0) {
        parts.add(part);
      }
    }
    return parts;
  }

  private ByteBuffer need(int count) {
    if (in.remaining() < count) {
      throw new WireException(
          "a field needs " + count + " bytes and only " + in.remaining() + " are there");
    }
    return in;
  }
}
