package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Which bytes go past the cache of the system, and that all of them come to their places. */
class DirectWritesTest {
  private static final int BLOCK = DirectWrites.ALIGNMENT;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final DirectWrites writes = new DirectWrites(true, now::get);
  private final Memory file = new Memory();

  /** What is left of writes in memory. */
  private class Memory implements DirectWrites.Target {
    byte[] content = new byte[8 << 20];
    long usual;
    long direct;
    Failure failure = length -> length;
    long nanosPerByte;

    /** How many of the bytes the disk takes. */
    interface Failure {
      int of(int length) throws IOException;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) {
      usual += bytes.remaining();
      bytes.get(content, (int) offset, bytes.remaining());
    }

    @Override
    public int writeDirect(ByteBuffer blocks, long offset) throws IOException {
      assertTrue(blocks.isDirect());
      assertEquals(0, blocks.alignmentOffset(blocks.position(), BLOCK), "memory");
      assertEquals(0, offset % BLOCK, "place");
      assertEquals(0, blocks.remaining() % BLOCK, "length");
      assertTrue(blocks.remaining() <= DirectWrites.PIECE_BYTES);
      int count = failure.of(blocks.remaining());
      now.addAndGet(nanosPerByte * count);
      direct += count;
      blocks.get(content, (int) offset, count);
      return count;
    }

    void assertHolds(Content expected, long offset) {
      byte[] whole = new byte[content.length];
      System.arraycopy(expected.bytes(), 0, whole, (int) offset, expected.size());
      assertArrayEquals(whole, content);
    }

    void assertGone(long usually, long directly) {
      assertEquals(List.of(usually, directly), List.of(usual, direct), "usual and direct");
      usual = 0;
      direct = 0;
    }
  }

  private void write(Content content, long offset) throws IOException {
    writes.write(file, List.of(content.slice(0, content.size())), offset);
  }

  @RepeatedTest(100)
  void everyByteComesToItsPlace(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    int offset = random.nextInt(1 << random.nextInt(1, 22));
    Content content = Content.of(random.nextInt(1 << random.nextInt(10, 23)), offset);
    boolean failing = random.nextBoolean();
    file.failure = length -> failing && random.nextInt(4) == 0 ? random.nextInt(length) : length;
    List<ByteBuffer> run = new ArrayList<>();
    for (int from = 0; from < content.size(); ) {
      int to = Math.min(content.size(), from + random.nextInt(1 << random.nextInt(1, 21)));
      run.add(content.slice(from, to));
      from = to;
    }
    List<ByteBuffer> before = run.stream().map(ByteBuffer::duplicate).toList();

    writes.write(file, run, offset);

    file.assertHolds(content, offset);
    assertEquals(before, run, "what was given is as it was");
    assertTrue(failing || file.usual + file.direct == content.size(), "once");
  }

  @Test
  void wholeBlocksOfLongRunsGoPastTheCache() throws IOException {
    write(Content.of(DirectWrites.LEAST_BYTES, 1), 0);
    file.assertGone(0, DirectWrites.LEAST_BYTES);
    write(Content.of(DirectWrites.LEAST_BYTES - 1, 2), 0);
    file.assertGone(DirectWrites.LEAST_BYTES - 1, 0);
    write(Content.of(DirectWrites.LEAST_BYTES + 2 * BLOCK - 2, 3), 1);
    file.assertGone(2 * BLOCK - 2, DirectWrites.LEAST_BYTES);
    write(Content.of(5 << 20, 4), 3 * BLOCK);
    file.assertGone(0, 5 << 20);
  }

  @Test
  void nothingGoesPastItWhereThatIsNotWanted() throws IOException {
    Content content = Content.of(1 << 20, 1);
    new DirectWrites(false, now::get).write(file, List.of(content.slice(0, 1 << 20)), 0);
    file.assertGone(1 << 20, 0);
    file.assertHolds(content, 0);
  }

  @Test
  void diskThatCannotIsAskedAgainInAMinute() throws IOException {
    Content content = Content.of(3 << 20, 1);
    file.failure =
        length -> {
          throw new IOException("Invalid argument");
        };
    write(content, 0);
    file.assertGone(3 << 20, 0);
    file.assertHolds(content, 0);

    file.failure = length -> length;
    now.addAndGet(DirectWrites.PAUSE.toNanos() - 1);
    write(content, 0);
    file.assertGone(3 << 20, 0);
    now.incrementAndGet();
    write(content, 0);
    file.assertGone(0, 3 << 20);
  }

  @Test
  void fileSystemAndJavaWithoutThisWayAreWrittenTheUsualOne() throws IOException {
    file.failure =
        length -> {
          throw new UnsupportedOperationException("direct I/O");
        };
    write(Content.of(1 << 20, 1), 0);
    file.assertGone(1 << 20, 0);
    file.failure =
        length -> {
          throw new NoClassDefFoundError("ExtendedOpenOption");
        };
    now.addAndGet(DirectWrites.PAUSE.toNanos());
    write(Content.of(1 << 20, 1), 0);
    file.assertGone(1 << 20, 0);
  }

  /** As a disk that is getting full does. */
  @Test
  void whatTheDiskTookAPartOfIsWrittenAgainTheUsualWay() throws IOException {
    Content content = Content.of(2 << 20, 1);
    file.failure = length -> BLOCK;
    write(content, 0);
    file.assertGone(2 << 20, BLOCK);
    file.assertHolds(content, 0);
    write(content, 0);
    file.assertGone(2 << 20, 0);
  }

  /** What fails the usual way fails for whoever writes. */
  @Test
  void interruptAndFailureOfTheUsualWayAreTold() throws IOException {
    ClosedByInterruptException interrupt = new ClosedByInterruptException();
    file.failure =
        length -> {
          throw interrupt;
        };
    Content content = Content.of(1 << 20, 1);
    assertSame(interrupt, assertThrows(ClosedByInterruptException.class, () -> write(content, 0)));
    file.assertGone(0, 0);
    file.failure = length -> length;
    write(content, 0);
    file.assertGone(0, 1 << 20);
  }

  @Test
  void diskThatIsSlowThatWayRestsAMinute() throws IOException {
    Content content = Content.of(1 << 20, 1);
    file.nanosPerByte = DirectWrites.SLOW_NANOS_PER_BYTE;
    for (int i = 1; i < DirectWrites.SLOW_IN_A_ROW; i++) {
      write(content, 0);
    }
    file.nanosPerByte--;
    write(content, 0);
    file.nanosPerByte++;
    for (int i = 0; i < DirectWrites.SLOW_IN_A_ROW; i++) {
      write(content, 0);
    }
    file.assertGone(0, 2L * DirectWrites.SLOW_IN_A_ROW << 20);
    write(content, 0);
    file.assertGone(1 << 20, 0);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    write(content, 0);
    file.assertGone(0, 1 << 20);
  }

  @Test
  void onlySoManyWriteThatWaySideBySide() throws Exception {
    CountDownLatch inside = new CountDownLatch(DirectWrites.WRITERS);
    CountDownLatch go = new CountDownLatch(1);
    Content content = Content.of(1 << 20, 1);
    List<Memory> files = new ArrayList<>();
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (int i = 0; i < DirectWrites.WRITERS; i++) {
      Memory slow = new Memory();
      slow.failure =
          length -> {
            inside.countDown();
            return awaited(go) ? length : 0;
          };
      files.add(slow);
      written.add(
          CompletableFuture.runAsync(
              () -> written(slow, content), task -> new Thread(task).start()));
    }
    assertTrue(inside.await(10, TimeUnit.SECONDS));
    write(content, 0);
    file.assertGone(1 << 20, 0);
    go.countDown();
    CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    for (Memory slow : files) {
      slow.assertHolds(content, 0);
      slow.assertGone(0, 1 << 20);
    }
    write(content, 0);
    file.assertGone(0, 1 << 20);
  }

  private void written(Memory slow, Content content) {
    try {
      writes.write(slow, List.of(content.slice(0, content.size())), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingIsWrittenForNothing() throws IOException {
    writes.write(file, List.of(), 5);
    writes.write(file, List.of(ByteBuffer.allocate(0)), 5);
    file.assertGone(0, 0);
  }
}
