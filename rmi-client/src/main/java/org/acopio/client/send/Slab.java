package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.util.List;

/** Some content in memory: filled from its start, read as pieces. For one thread at a time. */
final class Slab implements AutoCloseable {
  private final Segments segments;
  private List<byte[]> held;
  private int length;

  Slab(Segments segments, List<byte[]> held) {
    this.segments = segments;
    this.held = held;
  }

  /** How many bytes are in it. */
  int length() {
    return length;
  }

  /** The rest of the segment that is being filled; never empty while there is room. */
  ByteBuffer room() {
    int offset = length % Segments.BYTES;
    return ByteBuffer.wrap(held.get(length / Segments.BYTES), offset, Segments.BYTES - offset);
  }

  /** Says that {@code bytes} more were written to {@link #room}. */
  void filled(int bytes) {
    length += bytes;
  }

  /** Forgets everything from {@code length} on. */
  void cut(int newLength) {
    length = newLength;
  }

  /** The bytes from {@code from} on, up to {@code to} or the end of their segment. */
  ByteBuffer piece(int from, int to) {
    int offset = from % Segments.BYTES;
    int count = Math.min(to - from, Segments.BYTES - offset);
    return ByteBuffer.wrap(held.get(from / Segments.BYTES), offset, count);
  }

  /** Gives the memory back; again is harmless. */
  @Override
  public void close() {
    List<byte[]> returned = held;
    held = List.of();
    segments.giveBack(returned);
  }
}
