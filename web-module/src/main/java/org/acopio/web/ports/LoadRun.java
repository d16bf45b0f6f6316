package org.acopio.web.ports;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One load from its beginning to its end: a thread of its own opens connections to each lane's port
 * and sends on each a line whenever it is due and the one before was answered. The thread is of the
 * sort that the server under load is compared in, a selector, so that a thousand connections of the
 * load cost one thread.
 */
final class LoadRun {
  /** How it is, or how it ended. */
  enum State {
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  private static final Logger LOG = System.getLogger(LoadRun.class.getName());

  /** Of each lane at once: more would wait in the backlog of the port for nothing. */
  private static final int CONNECTING = 32;

  private static final int BUFFER_BYTES = 4_096;
  private static final long MAX_WAIT_MILLIS = 50;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LoadPlan plan;
  private final List<LoadLane> lanes;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<LoadClient> clients = new ArrayList<>();
  private final PriorityQueue<LoadClient> due =
      new PriorityQueue<>(Comparator.comparingLong((LoadClient client) -> client.due));
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final long beginNanos = System.nanoTime();
  private volatile State state = State.RUNNING;
  private volatile boolean stopping;
  private long quantilesNanos = beginNanos;

  private LoadRun(LoadPlan plan, List<LoadLane> lanes) {
    this.plan = plan;
    this.lanes = List.copyOf(lanes);
  }

  /** Begins a load. */
  static LoadRun start(LoadPlan plan, List<LoadLane> lanes) {
    LoadRun run = new LoadRun(plan, lanes);
    Thread thread = new Thread(run::run, "acopio-load");
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  LoadPlan plan() {
    return plan;
  }

  List<LoadLane> lanes() {
    return lanes;
  }

  State state() {
    return state;
  }

  /** How much of its time has passed, whole seconds. */
  long seconds() {
    return Math.min(plan.seconds(), (System.nanoTime() - beginNanos) / SECOND);
  }

  /** Ends it early; its connections are closed within moments. */
  void stop() {
    stopping = true;
  }

  /** Whether it ends within this time; false also when the thread is interrupted. */
  boolean awaitEnd(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    State end = State.FAILED;
    try (Selector selector = Selector.open()) {
      while (!stopping && System.nanoTime() - beginNanos < plan.duration().toNanos()) {
        connect(selector);
        sendDue(System.nanoTime());
        selector.select(this::ready, waitMillis());
        measure();
      }
      end = stopping ? State.STOPPED : State.DONE;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the load ends early", e);
    } finally {
      clients.forEach(LoadClient::close);
      lanes.forEach(LoadLane::end);
      state = end;
      ended.countDown();
    }
  }

  /** Opens as many more as may be on their way at once. */
  private void connect(Selector selector) throws IOException {
    for (LoadLane lane : lanes) {
      int missing = plan.connections() - lane.begun;
      int room = CONNECTING - (lane.begun - lane.settled);
      for (int i = Math.min(missing, room); i > 0; i--) {
        clients.add(new LoadClient(lane, selector, buffer));
        lane.begun++;
      }
    }
  }

  private void ready(SelectionKey key) {
    LoadClient client = (LoadClient) key.attachment();
    boolean before = client.connected();
    client.ready(key, System.nanoTime());
    if (client.connected() && !before) {
      // Spread over the period, so that they do not all speak at once.
      client.due += (long) (Math.random() * plan.periodNanos());
      due.add(client);
    }
  }

  private void sendDue(long now) {
    while (!due.isEmpty() && due.peek().due - now <= 0) {
      LoadClient client = due.remove();
      client.send(now);
      if (!client.over()) {
        client.due += plan.periodNanos();
        due.add(client);
      }
    }
  }

  private long waitMillis() {
    long next = due.isEmpty() ? MAX_WAIT_MILLIS : (due.peek().due - System.nanoTime()) / 1_000_000;
    return Math.max(1, Math.min(MAX_WAIT_MILLIS, next));
  }

  private void measure() {
    long now = System.nanoTime();
    if (now - quantilesNanos >= SECOND) {
      quantilesNanos = now;
      lanes.forEach(LoadLane::measure);
    }
  }
}
