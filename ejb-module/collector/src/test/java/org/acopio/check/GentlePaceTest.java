package org.acopio.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The check in the background takes what it may and no more. */
class GentlePaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean busy = new AtomicBoolean();

  private GentlePace pace(long bytesPerSecond) {
    return new GentlePace(bytesPerSecond, busy::get, now::get, now::addAndGet);
  }

  @Test
  void readsAsManyBytesASecondAsItMay() throws Exception {
    GentlePace pace = pace(1_000_000);
    for (int i = 0; i < 500; i++) {
      pace.read(100_000);
    }
    assertTrue(Math.abs(now.get() - 50 * SECOND) < SECOND, () -> now + " ns");
  }

  @Test
  void emptyFilesAreNotFree() throws Exception {
    GentlePace pace = pace(4_096_000);
    for (int i = 0; i < 10_000; i++) {
      pace.read(0);
    }
    assertTrue(Math.abs(now.get() - 10 * SECOND) < SECOND, () -> now + " ns");
  }

  @Test
  void timeThatPassedInRestIsNotMadeUpFor() throws Exception {
    GentlePace pace = pace(1_000_000);
    pace.read(1_000);
    now.addAndGet(3_600 * SECOND);
    long before = now.get();
    for (int i = 0; i < 100; i++) {
      pace.read(100_000);
    }
    assertTrue(now.get() - before > 9 * SECOND, () -> now.get() - before + " ns");
  }

  @Test
  void waitsWhileFilesComeIn() throws Exception {
    busy.set(true);
    GentlePace pace =
        new GentlePace(
            1 << 30,
            busy::get,
            now::get,
            nanos -> {
              now.addAndGet(nanos);
              busy.set(now.get() < 30 * SECOND);
            });
    pace.read(1);
    assertEquals(30, now.get() / SECOND);
  }

  @Test
  void endsWhenItIsTold() {
    GentlePace pace =
        new GentlePace(
            1 << 30,
            busy::get,
            now::get,
            nanos -> {
              throw new InterruptedIOException("enough");
            });
    assertThrows(InterruptedIOException.class, () -> pace.read(1));
  }
}
