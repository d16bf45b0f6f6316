package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.acopio.remote.Parts;
import org.acopio.remote.Ticket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SizesTest {
  @RepeatedTest(200)
  void whateverTheTicketSaysMemoryIsBoundedAndEverythingFits(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int block = 1 + random.nextInt(1 << random.nextInt(24));
    int send = block + random.nextInt(1 << random.nextInt(26));
    Ticket ticket =
        new Ticket("t", "s", "f", block, send, 1, 1 + random.nextInt(20), Duration.ofMinutes(1));
    long heap = (64L << 20) + random.nextInt(1 << 30);
    Sizes sizes = Sizes.of(ticket, 1 + random.nextInt(8), heap);

    long content = (long) (sizes.waveSegments() + sizes.chunkSegments()) * Segments.BYTES;
    long packed = 2L * sizes.lanes() * sizes.sendBytes();
    assertTrue(content + packed <= heap * 0.34, sizes::toString);

    assertTrue(sizes.sendBytes() <= send, sizes::toString);
    assertTrue(sizes.chunkBytes() > 0 && sizes.chunkBytes() <= send, sizes::toString);
    assertTrue(sizes.waveBytes() > 0, sizes::toString);
    assertTrue(sizes.waveBytes() <= (long) Parts.COUNT * sizes.sendBytes(), sizes::toString);
    assertTrue(
        sizes.lanes() * Segments.needed(sizes.waveBytes()) <= sizes.waveSegments(),
        sizes::toString);
    assertTrue(sizes.waveSegments() >= sizes.lanes(), sizes::toString);
    assertTrue(
        Segments.needed(sizes.chunkBytes()) * (sizes.lanes() + sizes.readers())
            <= sizes.chunkSegments(),
        sizes::toString);
  }

  @RepeatedTest(200)
  void chunksCoverAPartAndEndWithABlockOfTheDisk(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long begin = random.nextInt(1 << random.nextInt(1, 24));
    long end = begin + 1 + random.nextInt(1 << random.nextInt(1, 26));
    int most = 1 + random.nextInt(1 << random.nextInt(10, 22));
    long at = begin;
    while (at < end) {
      int chunk = Sizes.chunk(at, end, most);
      assertTrue(chunk > 0 && chunk <= most, chunk + " of " + most);
      at += chunk;
      assertTrue(at == end || at % 4096 == 0 || most < 4096, at + " of " + end + ", " + most);
    }
    assertEquals(end, at);
  }
}
