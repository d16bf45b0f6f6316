package org.acopio.check;

import java.util.Arrays;

/**
 * The names of rows, as 64-bit digests: a million takes eight megabytes. A name that was added is
 * always found; another one with a chance of one in 2^64 for each that was added. Thread-safe.
 */
final class Names {
  private long[] digests = new long[1 << 12];
  private int count;
  private boolean sorted = true;

  synchronized void add(String name) {
    if (count == digests.length) {
      digests = Arrays.copyOf(digests, count * 2);
    }
    digests[count++] = digest(name);
    sorted = false;
  }

  synchronized boolean contains(String name) {
    if (!sorted) {
      Arrays.sort(digests, 0, count);
      sorted = true;
    }
    return Arrays.binarySearch(digests, 0, count, digest(name)) >= 0;
  }

  /** FNV-1a over the characters, and the last mix of MurmurHash3. */
  private static long digest(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
