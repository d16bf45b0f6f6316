package org.acopio.socket.selector;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.settings.EndpointSettings;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one port on one event loop, with the bean that serves them. Deadlines are
 * looked at for all connections in one sweep, at most once a second: a timer for each would cost
 * more than most connections themselves. Used on its loop only.
 */
final class Lane {
  private static final long LONGEST_SWEEP_MILLIS = 1_000;
  private static final long SHORTEST_SWEEP_MILLIS = 10;
  private static final int SWEEPS_PER_DEADLINE = 8;

  private final EventLoop loop;
  private final Bean bean;
  private final long sweepMillis;
  private final List<SelectorConnection> connections = new ArrayList<>();
  private @Nullable Future<?> sweeping;

  Lane(EventLoop loop, Bean bean, EndpointSettings settings) {
    this.loop = loop;
    this.bean = bean;
    this.sweepMillis = sweepMillis(settings);
  }

  private static long sweepMillis(EndpointSettings settings) {
    long shortest = LONGEST_SWEEP_MILLIS;
    for (Duration deadline :
        List.of(settings.firstByteTimeout(), settings.idleTimeout(), settings.handshakeTimeout())) {
      if (!deadline.isZero()) {
        shortest = Math.min(shortest, deadline.toMillis() / SWEEPS_PER_DEADLINE);
      }
    }
    return Math.max(SHORTEST_SWEEP_MILLIS, shortest);
  }

  EventLoop loop() {
    return loop;
  }

  Bean bean() {
    return bean;
  }

  void add(SelectorConnection connection) {
    connection.place(connections.size());
    connections.add(connection);
    if (sweeping == null) {
      sweeping =
          loop.scheduleAtFixedRate(this::sweep, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** The last one takes the place that becomes free. */
  void remove(SelectorConnection connection) {
    int place = connection.place();
    SelectorConnection last = connections.remove(connections.size() - 1);
    if (last != connection) {
      connections.set(place, last);
      last.place(place);
    }
    Future<?> sweep = sweeping;
    if (connections.isEmpty() && sweep != null) {
      sweep.cancel(false);
      sweeping = null;
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    each(connection -> connection.checkDeadlines(now));
  }

  /** Backwards, because what is done may remove the connection that it is done to. */
  void each(Consumer<SelectorConnection> action) {
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) {
        action.accept(connections.get(i));
      }
    }
  }
}
