package org.acopio.client.send;

import java.io.IOException;
import java.time.Clock;
import org.acopio.client.scan.Way;

/**
 * What everybody in one run works with.
 *
 * @param waveMemory for files that are in memory whole
 * @param chunkMemory for pieces of files that are streamed
 * @param clock of this computer, by which its files are dated too
 */
record Run(
    Lifeline lifeline,
    Desk desk,
    Outcomes outcomes,
    Segments waveMemory,
    Segments chunkMemory,
    Sizes sizes,
    Stride stride,
    Tally tally,
    Clock clock) {
  /** Opens a file that was offered. */
  ContentReader open(Work work, Way way) throws IOException, ChangedException {
    return ContentReader.open(work.file(), way, clock);
  }
}
