package org.acopio.socket.selector;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.delivery.OpenPort;
import org.acopio.socket.delivery.Population;
import org.acopio.socket.delivery.Port;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.tls.TlsServer;

/** A port whose connections are served by event loops. */
public final class SelectorPort implements OpenPort {
  /** Connections that do not end in that time are given up; their loop ends with them. */
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(5);

  private final Port port;
  private final ServerSocketChannel listening;
  private final List<Lane> lanes;
  private final Optional<Workers> workers;
  private final Population population = new Population();

  private SelectorPort(
      EndpointSettings settings,
      Beans beans,
      LongSupplier ids,
      ServerSocketChannel listening,
      List<EventLoop> loops,
      Optional<Workers> workers,
      Optional<TlsServer> tls) {
    this.listening = listening;
    this.workers = workers;
    this.port = new Port(settings, beans, ids, listening.localAddress(), this::threads);
    this.lanes = loops.stream().map(loop -> new Lane(loop, beans.bean(), settings)).toList();
    listening.pipeline().addLast(new Acceptor(this, new Dressing(settings, tls)));
  }

  /**
   * Listens; connections wait until {@link #serve}. Fails with a {@link java.net.BindException}, or
   * whatever else the system says, which Netty throws unchecked.
   *
   * @param number of the port, 0 for any
   * @param ids gives each connection its number
   * @param workers that call the listener; empty when event loops do
   */
  public static SelectorPort open(
      EndpointSettings settings,
      int number,
      Beans beans,
      LongSupplier ids,
      EventLoops loops,
      Optional<Workers> workers,
      Optional<TlsServer> tls) {
    ServerSocketChannel channel = EventLoops.newServerChannel();
    channel.config().setAutoRead(false);
    channel.config().setBacklog(settings.backlog());
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      // On Windows the option would let another process take the port over.
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    }
    List<EventLoop> all = loops.all();
    // What does not get its loop is closed by Netty.
    all.get(0).register(channel).syncUninterruptibly();
    InetSocketAddress address = new InetSocketAddress(settings.bindAddress(), number);
    ChannelFuture bound = channel.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      channel.close().awaitUninterruptibly();
      // Throws what the system said; the compiler does not know that it may be checked.
      bound.syncUninterruptibly();
    }
    return new SelectorPort(settings, beans, ids, channel, all, workers, tls);
  }

  @Override
  public Port port() {
    return port;
  }

  Population population() {
    return population;
  }

  /** Spread by turns: connections of one port differ less than their loads change. */
  Lane lane(int turn) {
    return lanes.get(Math.floorMod(turn, lanes.size()));
  }

  Inbox inbox(SelectorConnection connection, Delivery delivery, Lane lane) {
    return workers
        .<Inbox>map(
            pool -> new WorkerInbox(connection, delivery, pool, port.settings().highWaterMark()))
        .orElseGet(() -> new LoopInbox(connection, delivery, lane));
  }

  private int threads() {
    return lanes.size() + workers.map(Workers::threads).orElse(0);
  }

  @Override
  public void serve() {
    listening.config().setAutoRead(true);
  }

  @Override
  public void beginStop() {
    ChannelFuture closed = listening.close();
    closed.awaitUninterruptibly();
    onEachLane(lane -> lane.each(SelectorConnection::stop));
  }

  @Override
  public boolean awaitConnections(Duration most) throws InterruptedException {
    return population.awaitExtinction(most);
  }

  @Override
  public int cut() {
    int left = population.alive();
    onEachLane(lane -> lane.each(connection -> connection.cut(CloseReason.STOPPED)));
    try {
      population.awaitExtinction(CUT_PATIENCE);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    onEachLane(
        lane -> {
          lane.closeTurnedAway();
          lane.bean().release();
        });
    return left;
  }

  private interface LaneAction {
    void on(Lane lane);
  }

  /** Returns when it is done, so that nothing of it runs once the loops are stopped. */
  private void onEachLane(LaneAction action) {
    CountDownLatch done = new CountDownLatch(lanes.size());
    for (Lane lane : lanes) {
      try {
        lane.loop()
            .execute(
                () -> {
                  try {
                    action.on(lane);
                  } finally {
                    done.countDown();
                  }
                });
      } catch (RejectedExecutionException ended) {
        done.countDown();
      }
    }
    try {
      done.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
