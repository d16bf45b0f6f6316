package org.acopio.client.send;

import org.acopio.remote.Parts;
import org.acopio.remote.Ticket;

/**
 * How much of what a run does at a time. Content in memory, and the packed copies that RMI makes of
 * what is being sent, together stay below a third of the heap.
 *
 * @param lanes calls that carry blocks side by side
 * @param sendBytes most bytes of one such call
 * @param waveBytes most bytes of the files that travel as one wave; a larger file is streamed
 * @param chunkBytes most bytes of a streamed file in one call
 * @param segments how much content is in memory, in {@link Segments}
 * @param readers files that are streamed side by side
 */
record Sizes(int lanes, int sendBytes, int waveBytes, int chunkBytes, int segments, int readers) {
  /** Most files that the server has begun and given no receipt for: it keeps them open. */
  static final int WINDOW = 1_000;

  /** Most files of one wave, one offer, one finish. */
  static final int WAVE_FILES = 256;

  static final int OFFER_FILES = 500;
  static final int FINISH_FILES = 250;

  private static final int MOST_SEND_BYTES = 4 << 20;
  private static final int MOST_POOL_BYTES = 64 << 20;

  static Sizes of(Ticket ticket, int wishedLanes, long heapBytes) {
    int lanes = Math.max(1, Math.min(wishedLanes, ticket.lanes()));
    // RMI holds a call's bytes twice for a moment: an eighth of the heap at most.
    long send = Math.min(MOST_SEND_BYTES, Math.max(64 << 10, heapBytes / (16L * lanes)));
    int sendBytes = (int) Math.min(ticket.sendBytes(), send);
    int readers = Math.max(1, Math.min(3, Runtime.getRuntime().availableProcessors()));
    long pool = Math.min(MOST_POOL_BYTES, heapBytes * 5 / 24);
    int segments = (int) Math.max(lanes + 2L * readers, pool / Segments.BYTES);
    int waveSegments =
        Math.max(1, Math.min(segments / lanes, Parts.COUNT * sendBytes / Segments.BYTES));
    int waveBytes = Math.min(Parts.COUNT * sendBytes, waveSegments * Segments.BYTES);
    int chunkSegments = Math.max(1, segments / (2 * lanes));
    int chunkBytes = Math.min(sendBytes, chunkSegments * Segments.BYTES);
    return new Sizes(lanes, sendBytes, waveBytes, chunkBytes, segments, readers);
  }
}
