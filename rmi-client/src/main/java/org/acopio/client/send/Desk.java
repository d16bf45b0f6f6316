package org.acopio.client.send;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.acopio.client.scan.MediaFile;
import org.acopio.remote.Parts;
import org.jspecify.annotations.Nullable;

/**
 * Knows for each file what is to be done next, and hands it to whoever does that. A file is in one
 * queue or in one thread's hands. Only so many are begun at a time, so that memory here and open
 * files on the server are bounded whatever the number of files is. Safe for use by several threads;
 * what asks for work waits until there is some, and gets none when the run is over.
 */
final class Desk {
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int FIRST_OFFER = 64;
  private static final int LEAST_WAVE_FILES = 64;
  private static final int LEAST_WAVE_BYTES = 512 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition offersReady = lock.newCondition();
  private final Condition lanesReady = lock.newCondition();
  private final Condition readersReady = lock.newCondition();
  private final Condition finishReady = lock.newCondition();
  private final Condition ended = lock.newCondition();

  private final Iterator<MediaFile> source;
  private final Sizes sizes;

  private final Deque<Work> again = new ArrayDeque<>();
  private final PriorityQueue<Work> later =
      new PriorityQueue<>(Comparator.comparingLong(work -> work.dueNanos));
  private final Deque<Work> unhashed = new ArrayDeque<>();
  private final Deque<Work> small = new ArrayDeque<>();
  private final Deque<Work> large = new ArrayDeque<>();
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private final Deque<Work> sent = new ArrayDeque<>();

  private int sourceLeft;
  private int begun;
  private int window = Sizes.WINDOW;
  private int nextOffer = FIRST_OFFER;
  private long smallBytes;
  private long sentSince;
  private int finishing;
  private boolean over;
  private @Nullable Throwable failure;

  Desk(List<MediaFile> files, Sizes sizes) {
    this.source = files.iterator();
    this.sourceLeft = files.size();
    this.sizes = sizes;
    this.over = files.isEmpty();
  }

  /** Files to be offered: those that come back first, then new ones. Empty when the run is over. */
  List<Work> toOffer(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over) {
        recallDue();
        int room = Math.max(window - held(), held() == 0 ? 1 : 0);
        if (!again.isEmpty() && room > 0) {
          return take(again, Math.min(most, room));
        }
        if (sourceLeft > 0 && roomForNew()) {
          return begin(Math.min(most, window - begun));
        }
        if (later.isEmpty()) {
          offersReady.await();
        } else {
          offersReady.awaitNanos(Math.max(1, later.peek().dueNanos - System.nanoTime()));
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for room for a batch that is worth its call, unless nothing else goes on. */
  private boolean roomForNew() {
    int room = window - begun;
    return room > 0
        && (room >= Math.min(sourceLeft, window / 4) || small.isEmpty() && room >= window / 16);
  }

  private List<Work> begin(int most) {
    int count = Math.min(Math.min(most, nextOffer), sourceLeft);
    nextOffer = Math.min(Sizes.OFFER_FILES, nextOffer * 2);
    List<Work> works = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      works.add(new Work(source.next()));
    }
    sourceLeft -= count;
    begun += count;
    return works;
  }

  private void recallDue() {
    long now = System.nanoTime();
    while (!later.isEmpty() && later.peek().dueNanos - now <= 0) {
      again.add(later.poll());
    }
  }

  /** How many begun files the server has to hold, or will soon. */
  private int held() {
    return begun - again.size() - later.size();
  }

  /**
   * The server keeps no more files open than it has from this run now, without those it refused.
   */
  int narrow() {
    lock.lock();
    try {
      window = Math.max(1, Math.min(window, held() - 1));
      return window;
    } finally {
      lock.unlock();
    }
  }

  /** To be offered again at once. */
  void offerAgain(Work work) {
    work.forgetOffer();
    change(() -> again.add(work), offersReady);
  }

  /** To be offered again after a while. */
  void offerLater(Work work, Duration delay) {
    work.forgetOffer();
    work.dueNanos = System.nanoTime() + delay.toNanos();
    change(() -> later.add(work), offersReady);
  }

  /** The server wants bytes of it, or its digest. */
  void wanted(Work work) {
    if (work.digestFirst()) {
      change(() -> unhashed.add(work), lanesReady);
    } else if (work.read() && work.missing().isEmpty()) {
      sent(work);
    } else if (work.size() <= sizes.waveBytes()) {
      change(() -> addSmall(work), lanesReady);
    } else {
      change(() -> large.add(work), readersReady);
    }
  }

  private void addSmall(Work work) {
    small.add(work);
    smallBytes += work.size();
  }

  /** A piece of a large file for the lanes. */
  void send(Chunk chunk) {
    change(() -> chunks.add(chunk), lanesReady);
  }

  /** What a lane is to do next. */
  Optional<LaneTask> laneTask(Run run) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over) {
        if (!chunks.isEmpty()) {
          return Optional.of(chunks.poll());
        }
        if (!small.isEmpty()) {
          return Optional.of(new Wave(run, nextWave()));
        }
        if (!unhashed.isEmpty()) {
          return Optional.of(new HashTask(run, take(unhashed, LEAST_WAVE_FILES)));
        }
        lanesReady.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** An even share of what waits: many small waves at the end keep all lanes busy to the end. */
  private List<Work> nextWave() {
    int share = (small.size() + sizes.lanes() - 1) / sizes.lanes();
    int files = Math.min(Sizes.WAVE_FILES, Math.max(LEAST_WAVE_FILES, share));
    long bytes =
        Math.min(sizes.waveBytes(), Math.max(LEAST_WAVE_BYTES, smallBytes / sizes.lanes()));
    List<Work> wave = new ArrayList<>();
    long waveBytes = 0;
    long partBytes = 0;
    while (!small.isEmpty() && wave.size() < files) {
      Work next = small.peek();
      long part = (next.size() + Parts.COUNT - 1) / Parts.COUNT;
      boolean fits = waveBytes + next.size() <= bytes && partBytes + part <= sizes.sendBytes();
      if (!wave.isEmpty() && !fits) {
        break;
      }
      wave.add(small.poll());
      waveBytes += next.size();
      partBytes += part;
    }
    smallBytes -= waveBytes;
    return wave;
  }

  /** A large file to be read and streamed. */
  Optional<Work> toStream() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over) {
        if (!large.isEmpty()) {
          return Optional.of(large.poll());
        }
        readersReady.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Sent whole. */
  void sent(Work work) {
    sent(List.of(work));
  }

  /** Sent whole. */
  void sent(List<Work> works) {
    works.forEach(Work::sentWhole);
    change(
        () -> {
          if (sent.isEmpty()) {
            sentSince = System.nanoTime();
          }
          sent.addAll(works);
        },
        finishReady);
  }

  /** Files to be finished in one call: what has gathered, or all when no other is on its way. */
  List<Work> toFinish(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over) {
        long left = sentSince + LINGER_NANOS - System.nanoTime();
        if (sent.isEmpty()) {
          finishReady.await();
        } else if (sent.size() < most && left > 0 && onTheWay() > 0) {
          finishReady.awaitNanos(left);
        } else {
          List<Work> group = take(sent, most);
          finishing += group.size();
          sentSince = System.nanoTime();
          return group;
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private int onTheWay() {
    return held() - sent.size() - finishing;
  }

  /** A group got its answers, and each of its files its next step. */
  void finished(int count) {
    change(() -> finishing -= count, finishReady);
  }

  /** A file has its result. */
  void done() {
    change(
        () -> {
          begun--;
          if (begun == 0 && sourceLeft == 0) {
            finish();
          }
        },
        offersReady);
  }

  /** True when files are on their way that may make room on the server. */
  boolean othersHeld() {
    lock.lock();
    try {
      return held() > 1;
    } finally {
      lock.unlock();
    }
  }

  /** The run cannot go on. The first reason counts. */
  void fail(Throwable reason) {
    change(
        () -> {
          if (!over) {
            failure = reason;
            finish();
          }
        },
        ended);
  }

  /**
   * Waits for the end, or throws what {@link #fail} was given.
   *
   * @return false when it has not come within {@code nanos}
   */
  boolean awaitEnd(long nanos) throws SendException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!over && left > 0) {
        left = ended.awaitNanos(left);
      }
      if (failure instanceof SendException e) {
        throw new SendException(e.kind(), e.trouble(), e.tries(), e.patience(), e);
      }
      if (failure != null) {
        throw new IllegalStateException("a part of the agent failed: " + failure, failure);
      }
      return over;
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    over = true;
    offersReady.signalAll();
    lanesReady.signalAll();
    readersReady.signalAll();
    finishReady.signalAll();
    ended.signalAll();
  }

  private void change(Runnable what, Condition whom) {
    lock.lock();
    try {
      what.run();
      whom.signal();
      if (!sent.isEmpty() && onTheWay() == 0) {
        finishReady.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private static List<Work> take(Deque<Work> queue, int most) {
    List<Work> taken = new ArrayList<>(Math.min(most, queue.size()));
    while (!queue.isEmpty() && taken.size() < most) {
      taken.add(queue.poll());
    }
    return taken;
  }
}
