package org.acopio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final Duration SOON = Duration.ofMillis(1);

  private final List<Integer> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  private boolean receive(List<Integer> items) {
    received.addAll(items);
    batches.add(items.size());
    return true;
  }

  @Test
  void everythingArrivesInOrderBeforeItCloses() {
    Mailbox<Integer> mailbox = new Mailbox<>("test", 1_000, 7, SOON, this::receive);
    IntStream.range(0, 1_000).forEach(mailbox::offer);
    mailbox.close();
    assertEquals(IntStream.range(0, 1_000).boxed().toList(), received);
    assertTrue(batches.stream().allMatch(size -> size <= 7), batches::toString);
    assertEquals(0, mailbox.dropped());
  }

  @Test
  void whatFindsNoRoomIsCountedAndNobodyWaits() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            "test",
            10,
            1,
            SOON,
            items -> {
              busy.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return receive(items);
            });
    mailbox.offer(-1);
    assertTrue(busy.await(10, TimeUnit.SECONDS));
    IntStream.range(0, 100).forEach(mailbox::offer);
    assertEquals(90, mailbox.dropped());
    release.countDown();
    mailbox.close();
    assertEquals(11, received.size());
  }

  @Test
  void recipientThatCannotNowGetsTheSameAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch taken = new CountDownLatch(1);
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            "test",
            10,
            10,
            SOON,
            items -> {
              if (tries.incrementAndGet() < 4) {
                return false;
              }
              receive(items);
              taken.countDown();
              return true;
            });
    mailbox.offer(1);
    assertTrue(taken.await(10, TimeUnit.SECONDS));
    mailbox.close();
    assertEquals(List.of(1), received);
    assertEquals(0, mailbox.dropped());
  }

  @Test
  void recipientThatThrowsLosesOnlyThatBatch() {
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            "test",
            10,
            1,
            SOON,
            items -> {
              if (items.get(0) == 2) {
                throw new IllegalStateException("never");
              }
              return receive(items);
            });
    IntStream.of(1, 2, 3).forEach(mailbox::offer);
    mailbox.close();
    assertEquals(List.of(1, 3), received);
    assertEquals(1, mailbox.dropped());
  }

  @Test
  void closeDoesNotWaitForARecipientThatIsAway() {
    Mailbox<Integer> mailbox = new Mailbox<>("test", 10, 1, SOON, items -> false);
    mailbox.offer(1);
    mailbox.offer(2);
    mailbox.close();
    mailbox.offer(3);
    assertEquals(3, mailbox.dropped());
  }

  @Test
  void closeDoesNotWaitForEver() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Mailbox<Integer> mailbox =
        new Mailbox<>(
            "test",
            10,
            1,
            SOON,
            items -> {
              busy.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                return true;
              }
              done.countDown();
              return true;
            });
    mailbox.offer(1);
    assertTrue(busy.await(10, TimeUnit.SECONDS));
    mailbox.close(Duration.ofMillis(20));
    assertEquals(1, done.getCount());
    release.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS), "nobody interrupted it");
  }
}
