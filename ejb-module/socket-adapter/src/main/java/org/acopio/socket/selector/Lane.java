package org.acopio.socket.selector;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.delivery.Deadlines;
import org.acopio.socket.settings.DeliveryUnit;
import org.acopio.socket.settings.EndpointSettings;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one port on one event loop, with the bean that serves them. Deadlines are
 * looked at for all connections in one sweep, at most once a second: a timer for each would cost
 * more than most connections themselves. Used on its loop only.
 */
final class Lane {
  private final EventLoop loop;
  private final Bean bean;
  private final Optional<LoopTurn> turn;
  private final long sweepMillis;
  private final List<SelectorConnection> connections = new ArrayList<>();
  private final Set<SocketChannel> turnedAway = new HashSet<>();
  private @Nullable Future<?> sweeping;

  Lane(EventLoop loop, Bean bean, EndpointSettings settings) {
    this.loop = loop;
    this.bean = bean;
    this.turn =
        settings.deliveryUnit() == DeliveryUnit.TURN
            ? Optional.of(new LoopTurn(loop, bean))
            : Optional.empty();
    this.sweepMillis = Deadlines.sweepMillis(settings);
  }

  EventLoop loop() {
    return loop;
  }

  Bean bean() {
    return bean;
  }

  /** Where messages are gathered; empty when each is delivered as it comes. */
  Optional<LoopTurn> turn() {
    return turn;
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

  /** A client that is told that there is no place for it; forgotten when its channel closes. */
  void turnedAway(SocketChannel channel) {
    turnedAway.add(channel);
    channel.closeFuture().addListener(closed -> turnedAway.remove(channel));
  }

  /** A loop that ends does not always close what is registered with it. */
  void closeTurnedAway() {
    List.copyOf(turnedAway).forEach(SocketChannel::close);
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
