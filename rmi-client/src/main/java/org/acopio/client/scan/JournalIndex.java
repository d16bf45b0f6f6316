package org.acopio.client.scan;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the newest record of each path is, as an open hash table of two ints a place: the paths
 * themselves stay in the data, so that a million files take some 16 MB. Not thread-safe.
 */
final class JournalIndex {
  private static final int LEAST_CAPACITY = 1 << 12;

  /** Paths are seldom so short that a record has less than half of this, in bytes. */
  private static final int USUAL_RECORD = 128;

  private final ByteBuffer data;
  private final BitSet seen = new BitSet();
  private int[] hashes;
  // No record is at 0, where the file has its header, so 0 is a free place.
  private int[] offsets;
  private int used;

  JournalIndex(ByteBuffer data) {
    this.data = data;
    int capacity = Math.max(LEAST_CAPACITY, Integer.highestOneBit(data.limit() / USUAL_RECORD));
    this.hashes = new int[capacity];
    this.offsets = new int[capacity];
  }

  /** Makes the record at {@code offset} the newest of its path; returns the one before, or 0. */
  int put(int offset) {
    if (used * 3L > offsets.length * 2L) {
      grow();
    }
    int hash = JournalRecord.pathHash(data, offset);
    int place = place(hash);
    while (offsets[place] != 0) {
      if (hashes[place] == hash && JournalRecord.samePath(data, offsets[place], offset)) {
        int before = offsets[place];
        offsets[place] = offset;
        return before;
      }
      place = next(place);
    }
    hashes[place] = hash;
    offsets[place] = offset;
    used++;
    return 0;
  }

  /** The newest record of {@code path}, or 0; remembers that the path was asked for. */
  int find(byte[] path) {
    int hash = JournalRecord.hash(path);
    for (int place = place(hash); offsets[place] != 0; place = next(place)) {
      if (hashes[place] == hash && JournalRecord.pathEquals(data, offsets[place], path)) {
        seen.set(place);
        return offsets[place];
      }
    }
    return 0;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /** The newest record of each file, in the order of the data. */
  int[] files() {
    return files(new BitSet());
  }

  /** The newest record of each file that {@link #find} never met, in the order of the data. */
  int[] unseenFiles() {
    return files(seen);
  }

  private int[] files(BitSet without) {
    int[] found = new int[used];
    int count = 0;
    for (int place = without.nextClearBit(0); place < offsets.length; ) {
      if (offsets[place] != 0 && JournalRecord.isFile(data, offsets[place])) {
        found[count++] = offsets[place];
      }
      place = without.nextClearBit(place + 1);
    }
    int[] files = Arrays.copyOf(found, count);
    Arrays.sort(files);
    return files;
  }

  private int place(int hash) {
    return (hash ^ hash >>> 16) & (offsets.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (offsets.length - 1);
  }

  private void grow() {
    int[] oldHashes = hashes;
    int[] oldOffsets = offsets;
    hashes = new int[oldHashes.length * 2];
    offsets = new int[oldOffsets.length * 2];
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != 0) {
        int place = place(oldHashes[i]);
        while (offsets[place] != 0) {
          place = next(place);
        }
        hashes[place] = oldHashes[i];
        offsets[place] = oldOffsets[i];
      }
    }
  }
}
