package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FakeCollector.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest extends SenderFixture {
  @Test
  void filesOfEverySizeArriveIdentical() throws Exception {
    FakeCollector collector = collector(Limits.USUAL);
    List<MediaFile> files = new ArrayList<>();
    for (int size = 0; size <= 40; size++) {
      files.add(file("small" + size, size, size));
    }
    for (int size : new int[] {262_143, 262_144, 262_145, 1 << 20, 4 << 20, (4 << 20) + 1}) {
      files.add(file("large" + size, size, size));
    }
    files.add(file("huge", 23_456_789, 7));
    SendSummary summary = send(serve(collector), files);
    assertStored(collector, files);
    assertTrue(summary.complete());
    assertEquals(summary.bytes(), summary.sentBytes());
    assertEquals(summary.bytes(), heard.acknowledged.get());
    assertEquals(0, collector.repeatedBytes.get());
    assertEquals(1, collector.closed.get());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noRuleIsBrokenWhateverTheLimitsAndTheFiles(long seed) throws Exception {
    Random random = new Random(seed);
    int block = 1 + random.nextInt(5_000);
    Limits limits =
        new Limits(
            block,
            block + random.nextInt(20_000),
            1 + random.nextInt(40),
            1 + random.nextInt(9),
            1 + random.nextInt(60));
    FakeCollector collector = collector(limits);
    List<MediaFile> files = new ArrayList<>();
    int count = 20 + random.nextInt(100);
    for (int i = 0; i < count; i++) {
      int most = new int[] {6, 300, 20_000, 200_000}[random.nextInt(4)];
      files.add(file("f" + i, random.nextInt(most), seed * 1_000 + i));
    }
    SendSummary summary = send(serve(collector), files);
    assertStored(collector, files);
    assertTrue(summary.complete(), summary::toString);
    assertTrue(collector.mostOpenFiles.get() <= limits.openFiles());
    assertEquals(0, collector.repeatedBytes.get());
  }
}
