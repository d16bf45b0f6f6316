package org.acopio.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad line to a port of this machine, with a port of its own: every byte takes a while each way,
 * no more than so many pass in a second, and every few seconds all connections are reset. What is
 * on its way then is lost, as it would be.
 */
final class UnsteadyLine implements AutoCloseable {
  private static final int PIECE_BYTES = 8 * 1024;
  private static final int PATIENCE_MS = 10_000;

  private final InetSocketAddress target;
  private final Duration delay;
  private final long bytesPerSecond;
  private final ServerSocket listening;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger resets = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long freeNanos = System.nanoTime();

  private UnsteadyLine(int port, Duration delay, long bytesPerSecond) throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    this.target = new InetSocketAddress(here, port);
    this.delay = delay;
    this.bytesPerSecond = bytesPerSecond;
    listening = new ServerSocket();
    listening.setReceiveBufferSize(64 * 1024);
    listening.bind(new InetSocketAddress(here, 0));
  }

  /**
   * Opens a line.
   *
   * @param port where it leads
   * @param delay each way
   * @param bytesPerSecond towards the port, of all connections together
   * @param between two resets
   */
  static UnsteadyLine to(int port, Duration delay, long bytesPerSecond, Duration between)
      throws IOException {
    UnsteadyLine line = new UnsteadyLine(port, delay, bytesPerSecond);
    daemon(line::accept);
    line.clock.scheduleAtFixedRate(
        line::reset, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    return line;
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Bytes that began their way to the port so far, whether they arrived or not. */
  long sent() {
    return sent.get();
  }

  /** How often connections were reset so far. */
  int resets() {
    return resets.get();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "unsteady-line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Call call = new Call(listening.accept());
        calls.add(call);
        daemon(call::open);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void reset() {
    if (!calls.isEmpty()) {
      resets.incrementAndGet();
      calls.forEach(Call::reset);
    }
  }

  /** Waits until there is room for so many bytes more. */
  private synchronized void enter(int bytes) throws InterruptedException {
    long now = System.nanoTime();
    freeNanos = Math.max(now, freeNanos) + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
    TimeUnit.NANOSECONDS.sleep(freeNanos - now);
    sent.addAndGet(bytes);
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    listening.close();
    calls.forEach(Call::reset);
  }

  /** Bytes that are on their way; none are the end of the stream. */
  private record Piece(byte[] bytes, long dueNanos, long number) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(number, ((Piece) other).number);
    }
  }

  /** One connection, with its other half. */
  private final class Call {
    private final Socket near;
    private final Socket far = new Socket();

    Call(Socket near) {
      this.near = near;
    }

    private void open() {
      try {
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        far.connect(target, PATIENCE_MS);
        pass(near, far, true);
        pass(far, near, false);
      } catch (IOException gone) {
        reset();
      }
    }

    private void pass(Socket from, Socket to, boolean forward) {
      DelayQueue<Piece> way = new DelayQueue<>();
      daemon(() -> guarded(() -> take(from, way, forward)));
      daemon(() -> guarded(() -> give(way, to)));
    }

    private void guarded(Step step) {
      try {
        step.run();
      } catch (IOException gone) {
        reset();
      } catch (InterruptedException never) {
        Thread.currentThread().interrupt();
      }
    }

    private void take(Socket from, DelayQueue<Piece> way, boolean forward)
        throws IOException, InterruptedException {
      byte[] bytes = new byte[PIECE_BYTES];
      int count = 0;
      for (long number = 0; count >= 0; number++) {
        count = from.getInputStream().read(bytes);
        if (forward && count > 0) {
          enter(count);
        }
        byte[] piece = new byte[Math.max(count, 0)];
        System.arraycopy(bytes, 0, piece, 0, piece.length);
        way.add(new Piece(piece, System.nanoTime() + delay.toNanos(), number));
      }
    }

    private void give(DelayQueue<Piece> way, Socket to) throws IOException, InterruptedException {
      Piece piece = way.take();
      while (piece.bytes.length > 0) {
        to.getOutputStream().write(piece.bytes);
        piece = way.take();
      }
      to.shutdownOutput();
      if (near.isOutputShutdown() && far.isOutputShutdown()) {
        end(false);
      }
    }

    /** Ends both halves without a farewell. Again is harmless. */
    private void reset() {
      end(true);
    }

    private void end(boolean suddenly) {
      calls.remove(this);
      for (Socket each : new Socket[] {near, far}) {
        try {
          if (suddenly) {
            each.setSoLinger(true, 0);
          }
          each.close();
        } catch (IOException gone) {
          continue; // It is over in any case.
        }
      }
    }
  }

  /** What one thread of a connection does. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }
}
