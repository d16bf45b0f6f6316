package org.acopio.catalog;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Numbers of files as bytes: each as its difference to the one before, seven bits in a byte, the
 * lowest first, the highest bit set in all but the last (unsigned LEB128).
 */
final class Deltas {
  private Deltas() {}

  /**
   * @param ascending not negative, each once
   */
  static byte[] encode(long[] ascending) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(ascending.length + 16);
    long before = -1;
    for (long number : ascending) {
      if (number <= before) {
        throw new IllegalArgumentException(number + " comes after " + before);
      }
      long difference = before < 0 ? number : number - before;
      while (difference > 0x7f) {
        out.write((int) (difference & 0x7f | 0x80));
        difference >>>= 7;
      }
      out.write((int) difference);
      before = number;
    }
    return out.toByteArray();
  }

  static long[] decode(byte[] bytes) {
    long[] numbers = new long[bytes.length];
    int count = 0;
    long number = 0;
    long difference = 0;
    int shift = 0;
    for (byte next : bytes) {
      difference |= (long) (next & 0x7f) << shift;
      shift += 7;
      if (next >= 0) {
        number += difference;
        numbers[count++] = number;
        difference = 0;
        shift = 0;
      }
    }
    return Arrays.copyOf(numbers, count);
  }
}
