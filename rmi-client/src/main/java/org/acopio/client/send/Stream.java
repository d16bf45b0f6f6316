package org.acopio.client.send;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.acopio.client.scan.Way;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Parts;
import org.jspecify.annotations.Nullable;

/**
 * A large file on its way: one thread reads and hashes it from start to end and hands chunks to the
 * lanes, a window of which is in the air at a time. They leave in ascending order, which lets the
 * server hash along.
 */
final class Stream {
  /** How long chunks that did not get through may lie while all memory is taken. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Run run;
  private final Work work;
  private final IntSupplier window;

  private final Deque<Chunk> unsent = new ArrayDeque<>();
  private int inFlight;
  private @Nullable BlockReply rejection;

  Stream(Run run, Work work, IntSupplier window) {
    this.run = run;
    this.work = work;
    this.window = window;
  }

  Work work() {
    return work;
  }

  /** Reads and sends it; when this returns, the file has its next step or its result. */
  void send() throws SendException, InterruptedException {
    try (Way way = new Way();
        ContentReader reader = run.open(work, way)) {
      if (read(reader) && await(0)) {
        run.tally().read(work, reader.end());
        run.desk().sent(work);
      }
    } catch (ChangedException e) {
      abandon();
      run.outcomes().changed(work, e.code());
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("while " + work.file().path() + " was read");
    } catch (IOException e) {
      abandon();
      run.outcomes().unreadable(work, e);
    }
  }

  private boolean read(ContentReader reader)
      throws IOException, ChangedException, SendException, InterruptedException {
    for (int part = 0; part < Parts.COUNT; part++) {
      long end = Parts.end(part, work.size());
      while (reader.position() < end) {
        // Read and hashed while those before are on their way.
        long offset = reader.position();
        int count = Sizes.chunk(offset, end, run.sizes().chunkBytes());
        Optional<Slab> room = room(count);
        if (room.isEmpty()) {
          return false;
        }
        if (!passed(new Chunk(run, this, part, offset, filled(reader, count, room.get())))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Hands a chunk on when its turn comes; drops it when the file is out of this stream's hands. */
  private boolean passed(Chunk chunk) throws SendException, InterruptedException {
    boolean turn = false;
    try {
      turn = await(window.getAsInt() - 1);
    } finally {
      if (!turn) {
        chunk.drop();
      }
    }
    if (turn) {
      hand(chunk);
    }
    return turn;
  }

  /**
   * Waits for memory, and sees meanwhile that what did not get through does not keep all of it.
   *
   * @return empty when the file is out of this stream's hands
   */
  private Optional<Slab> room(int count) throws SendException, InterruptedException {
    while (true) {
      Optional<Slab> slab = run.chunkMemory().slab(count, PATIENCE);
      if (slab.isPresent() || !await(Integer.MAX_VALUE)) {
        return slab;
      }
    }
  }

  private static Slab filled(ContentReader reader, int count, Slab slab)
      throws IOException, ChangedException {
    try {
      reader.read(count, slab);
      return slab;
    } catch (IOException | ChangedException e) {
      slab.close();
      throw e;
    }
  }

  private void hand(Chunk chunk) {
    if (chunk.needless(work)) {
      chunk.drop();
      return;
    }
    synchronized (this) {
      inFlight++;
    }
    run.desk().send(chunk);
  }

  /**
   * Waits until at most {@code most} chunks are in the air, and offers the file again when its link
   * was lost.
   *
   * @return false when the file is out of this stream's hands
   */
  private boolean await(int most) throws SendException, InterruptedException {
    while (true) {
      if (awaitChunks(most)) {
        return true;
      }
      if (rejection().isPresent()) {
        dropUnsent();
        run.outcomes().rejected(work, rejection().get());
        return false;
      }
      List<Work> offered = new ArrayList<>(List.of(work));
      new Offers(run).renew(offered);
      if (offered.isEmpty()) {
        dropUnsent();
        return false;
      }
      takeUnsent().forEach(this::hand);
    }
  }

  /** Returns false, with none in the air, when some did not get through. */
  private synchronized boolean awaitChunks(int most) throws InterruptedException {
    while (inFlight > most && unsent.isEmpty() && rejection == null) {
      wait();
    }
    if (unsent.isEmpty() && rejection == null) {
      return true;
    }
    while (inFlight > 0) {
      wait();
    }
    return false;
  }

  private synchronized Optional<BlockReply> rejection() {
    return Optional.ofNullable(rejection);
  }

  private synchronized List<Chunk> takeUnsent() {
    List<Chunk> taken = List.copyOf(unsent);
    unsent.clear();
    return taken;
  }

  private void dropUnsent() {
    takeUnsent().forEach(Chunk::drop);
  }

  private synchronized void abandon() throws InterruptedException {
    while (inFlight > 0) {
      wait();
    }
    dropUnsent();
  }

  /** A chunk was sent; {@code reply} when the server did not take a block of it. */
  synchronized void sent(@Nullable BlockReply reply) {
    inFlight--;
    if (reply != null) {
      rejection = reply;
    }
    notifyAll();
  }

  /** A chunk did not get through, because its link was lost. */
  synchronized void unsent(Chunk chunk) {
    inFlight--;
    unsent.add(chunk);
    notifyAll();
  }
}
