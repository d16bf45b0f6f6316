package org.acopio.client.send;

import org.acopio.remote.Parts;
import org.acopio.remote.Ticket;

/**
 * How much of what a run does at a time. Content in memory, and the packed copies that RMI makes of
 * what is being sent, together stay below a third of the heap. Waves and streams have memory of
 * their own: a lane that waited for memory that chunks hold would keep them from being sent.
 *
 * @param lanes calls that carry blocks side by side
 * @param sendBytes most bytes of one such call
 * @param waveBytes most bytes of the files that travel as one wave; a larger file is streamed
 * @param chunkBytes most bytes of a streamed file in one call
 * @param waveSegments memory for waves, in {@link Segments}; enough for one in each lane
 * @param chunkSegments memory for chunks of streams
 * @param readers files that are streamed side by side
 */
record Sizes(
    int lanes,
    int sendBytes,
    int waveBytes,
    int chunkBytes,
    int waveSegments,
    int chunkSegments,
    int readers) {
  /** Most files that the server has begun and given no receipt for: it keeps them open. */
  static final int WINDOW = 1_000;

  /** Most files of one wave, one offer, one finish. */
  static final int WAVE_FILES = 256;

  static final int OFFER_FILES = 500;
  static final int FINISH_FILES = 250;

  private static final int DISK_BLOCK = 4 << 10;
  private static final int MOST_SEND_BYTES = 4 << 20;
  private static final int LEAST_SEND_BYTES = 64 << 10;
  private static final int MOST_WAVE_MEMORY = 48 << 20;
  private static final int MOST_CHUNK_MEMORY = 24 << 20;
  private static final int MOST_READERS = 3;

  static Sizes of(Ticket ticket, int wishedLanes, long heapBytes) {
    int lanes = Math.max(1, Math.min(wishedLanes, ticket.lanes()));
    // RMI holds a call's bytes twice for a moment: an eighth of the heap at most.
    long send = Math.max(LEAST_SEND_BYTES, Math.min(MOST_SEND_BYTES, heapBytes / (16L * lanes)));
    int sendBytes = (int) Math.min(ticket.sendBytes(), send);
    int readers = Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors());

    int waveEach =
        clamp(
            Math.min(MOST_WAVE_MEMORY, heapBytes * 3 / 24) / Segments.BYTES / lanes,
            1,
            Segments.needed(4L * sendBytes));
    int waveBytes = (int) Math.min((long) Parts.COUNT * sendBytes, segmentBytes(waveEach));

    int chunkSegments =
        (int)
            Math.max(
                lanes + readers, Math.min(MOST_CHUNK_MEMORY, heapBytes * 2 / 24) / Segments.BYTES);
    int chunkEach = chunkSegments / (lanes + readers);
    int chunkBytes = (int) Math.min(sendBytes, segmentBytes(chunkEach));
    return new Sizes(
        lanes, sendBytes, waveBytes, chunkBytes, waveEach * lanes, chunkSegments, readers);
  }

  /**
   * How many bytes the next chunk of a streamed file has. Within a part it ends where a block of a
   * file system ends, so that the server can write it past its cache.
   *
   * @param offset of its first byte, from the start of the file
   * @param end of the part
   */
  static int chunk(long offset, long end, int most) {
    if (end - offset <= most) {
      return (int) (end - offset);
    }
    long aligned = (offset + most) / DISK_BLOCK * DISK_BLOCK;
    return aligned > offset ? (int) (aligned - offset) : most;
  }

  private static int clamp(long value, int least, int most) {
    return (int) Math.max(least, Math.min(most, value));
  }

  private static long segmentBytes(int segments) {
    return (long) segments * Segments.BYTES;
  }
}
