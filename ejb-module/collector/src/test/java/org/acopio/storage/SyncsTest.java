package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncsTest {
  private final Syncs syncs = new Syncs(2);
  private final Set<Integer> done = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    syncs.close();
  }

  @Test
  void itemsAreWaitedForSideBySide() throws IOException {
    CyclicBarrier both = new CyclicBarrier(2);
    syncs.each(
        List.of(1, 2, 3, 4),
        item -> {
          try {
            both.await(30, TimeUnit.SECONDS);
          } catch (Exception alone) {
            throw new IOException(alone);
          }
          done.add(item);
        });
    assertEquals(Set.of(1, 2, 3, 4), done);
  }

  @Test
  void firstFailureIsToldAfterAllWereTried() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                syncs.each(
                    List.of(1, 2, 3, 4),
                    item -> {
                      done.add(item);
                      if (item > 1) {
                        throw new IOException("item " + item);
                      }
                    }));
    assertEquals("item 2", failure.getMessage());
    assertEquals(Set.of(1, 2, 3, 4), done);
  }

  @Test
  void failureOfTheProgramIsOneToo() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                syncs.each(
                    List.of(1),
                    item -> {
                      throw new IllegalStateException("no disk at all");
                    }));
    assertInstanceOf(IllegalStateException.class, failure.getCause());
  }

  @Test
  void interruptedCallerIsTold() {
    CountDownLatch told = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThrows(
        IOException.class,
        () ->
            syncs.each(
                List.of(1),
                item -> {
                  try {
                    // What is done already needs no waiting, which an interrupt could end.
                    told.await(30, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                }));
    assertTrue(Thread.interrupted(), "and its caller too");
    told.countDown();
  }
}
