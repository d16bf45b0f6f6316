package org.acopio.launch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What waits for a thread is run by hand here: each task of the pool would be a thread. */
class ReadersTest {
  private final Readers readers = new Readers(2);
  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final List<Integer> read = new ArrayList<>();

  private void come(int number) {
    readers.read(pool::add, () -> read.add(number));
  }

  @Test
  void aThousandEndsAtOnceTakeNoMoreThreadsThanThereAreReaders() {
    for (int i = 0; i < 1_000; i++) {
      come(i);
    }
    assertEquals(2, pool.size());
    pool.remove().run();
    assertEquals(999, read.size(), "the second thread has its first still to read");
    pool.remove().run();
    assertEquals(1_000, read.size());
    come(1_000);
    come(1_001);
    come(1_002);
    assertEquals(2, pool.size());
  }

  /** All threads of the pool can have requests, however long those take. */
  @Test
  void aRequestLeavesItsPlaceToTheNextReader() {
    for (int i = 0; i < 5; i++) {
      readers.read(
          pool::add,
          () -> {
            readers.served();
            readers.served();
            int reading = pool.size();
            read.add(reading);
          });
    }
    for (int running = 0; running < 5; running++) {
      pool.remove().run();
    }
    assertEquals(List.of(2, 2, 2, 1, 0), read);
    come(0);
    come(0);
    come(0);
    assertEquals(2, pool.size());
  }

  @Test
  void aFailureOrAFullPoolCostsNoPlace() {
    readers.read(
        pool::add,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    come(1);
    come(2);
    assertThrows(IllegalStateException.class, pool.remove()::run);
    assertEquals(2, pool.size(), "the one that waited has its thread");
    Executor full =
        task -> {
          throw new RejectedExecutionException("on purpose");
        };
    pool.remove().run();
    pool.remove().run();
    assertThrows(RejectedExecutionException.class, () -> readers.read(full, () -> read.add(9)));
    come(3);
    come(4);
    assertEquals(2, pool.size());
    assertEquals(List.of(1, 2), read);
  }
}
