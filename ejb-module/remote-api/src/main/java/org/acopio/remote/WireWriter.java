package org.acopio.remote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Appends big-endian fields to an array that grows. */
final class WireWriter {
  private byte[] array;
  private int length;

  WireWriter(int expectedBytes) {
    array = new byte[Math.max(64, expectedBytes)];
  }

  byte[] toByteArray() {
    return length == array.length ? array : Arrays.copyOf(array, length);
  }

  /** Leaves room for the length of an element; {@link #endItem} fills it in. */
  int beginItem() {
    int start = length;
    int32(0);
    return start;
  }

  void endItem(int start) {
    int bytes = length - start - Integer.BYTES;
    array[start] = (byte) (bytes >>> 24);
    array[start + 1] = (byte) (bytes >>> 16);
    array[start + 2] = (byte) (bytes >>> 8);
    array[start + 3] = (byte) bytes;
  }

  void int8(int value) {
    room(1);
    array[length++] = (byte) value;
  }

  void int32(int value) {
    room(4);
    array[length++] = (byte) (value >>> 24);
    array[length++] = (byte) (value >>> 16);
    array[length++] = (byte) (value >>> 8);
    array[length++] = (byte) value;
  }

  void int64(long value) {
    int32((int) (value >>> 32));
    int32((int) value);
  }

  void bytes(byte[] value) {
    int32(value.length);
    raw(value);
  }

  void bytes(ByteBuffer value) {
    int count = value.remaining();
    int32(count);
    room(count);
    value.duplicate().get(array, length, count);
    length += count;
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void instant(Instant value) {
    int64(value.getEpochSecond());
    int32(value.getNano());
  }

  void digest(Sha256 value) {
    raw(value.bytes());
  }

  void optionalDigest(Optional<Sha256> value) {
    int8(value.isPresent() ? 1 : 0);
    value.ifPresent(this::digest);
  }

  void ranges(List<Range> ranges) {
    int32(ranges.size());
    for (Range range : ranges) {
      int64(range.from());
      int64(range.to());
    }
  }

  void parts(Set<Integer> parts) {
    int bits = 0;
    for (int part : parts) {
      bits |= 1 << part;
    }
    int8(bits);
  }

  private void raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, array, length, value.length);
    length += value.length;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > array.length) {
      array =
          Arrays.copyOf(
              array, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, array.length * 2L)));
    }
  }
}
