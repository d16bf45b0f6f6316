package org.acopio.socket.thread;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.delivery.Deadlines;
import org.acopio.socket.delivery.OpenPort;
import org.acopio.socket.delivery.Population;
import org.acopio.socket.delivery.Port;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.tls.TlsServer;

/** A port whose connections have a thread of control each, from their first byte on. */
public final class ThreadPort implements OpenPort {
  private static final Logger LOG = System.getLogger(ThreadPort.class.getName());
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(5);

  /** An answer waits so long at most for the rest of the delivery that wrote it. */
  private static final long LONGEST_SWEEP_MILLIS = 50;

  /** How often it is asked who has acknowledged what was sent. */
  private static final long ACKNOWLEDGEMENT_MILLIS = 3_000;

  private static final int READ_BYTES = 8 * 1024;
  private static final long ARRIVAL_KEEP_ALIVE_SECONDS = 5;

  private final Port port;
  private final Optional<TlsServer> tls;
  private final BeanPool beans;
  private final ExecutorService threads;
  private final ScheduledExecutorService sweeper;
  private final ThreadPoolExecutor arrivals;
  private final Lobby lobby;
  private final Set<ThreadConnection> connections = ConcurrentHashMap.newKeySet();
  private final Population population = new Population();
  private final AtomicInteger serving = new AtomicInteger();
  private final KernelTables kernel = KernelTables.ofTheSystem();
  private final Accepting accepting;

  private ThreadPort(
      EndpointSettings settings,
      Beans beans,
      LongSupplier ids,
      ServerSocketChannel listening,
      Optional<TlsServer> tls)
      throws IOException {
    this.tls = tls;
    InetSocketAddress address = (InetSocketAddress) listening.getLocalAddress();
    this.port = new Port(settings, beans, ids, address, serving::get);
    String name = settings.name() + "-" + address.getPort();
    this.beans = new BeanPool(beans, settings.endpoints());
    this.threads = ConnectionThreads.open(name + "-connection-");
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name + "-sweep"));
    this.arrivals = arrivals(settings, name + "-arrival");
    this.lobby =
        new Lobby(
            name + "-lobby",
            (tls.isPresent() ? "" : settings.refusal()).getBytes(StandardCharsets.UTF_8),
            this::serve);
    this.accepting = new Accepting(this, listening, name + "-accept");
  }

  /**
   * Listens; connections wait until {@link #serve}.
   *
   * @param number of the port, 0 for any
   * @param ids gives each connection its number
   * @throws IOException if the port cannot be listened on
   */
  public static ThreadPort open(
      EndpointSettings settings, int number, Beans beans, LongSupplier ids, Optional<TlsServer> tls)
      throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      // On Windows the option would let another process take the port over.
      listening.setOption(
          StandardSocketOptions.SO_REUSEADDR,
          !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
      listening.bind(new InetSocketAddress(settings.bindAddress(), number), settings.backlog());
      return new ThreadPort(settings, beans, ids, listening, tls);
    } catch (IOException | RuntimeException refused) {
      listening.close();
      throw refused;
    }
  }

  /** As many as there may be beans: more could only wait for one. */
  private static ThreadPoolExecutor arrivals(EndpointSettings settings, String name) {
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            settings.endpoints(),
            settings.endpoints(),
            ARRIVAL_KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, name));
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Port port() {
    return port;
  }

  BeanPool beans() {
    return beans;
  }

  Optional<TlsServer> tls() {
    return tls;
  }

  Lobby lobby() {
    return lobby;
  }

  int readBytes() {
    return READ_BYTES;
  }

  @Override
  public void serve() {
    long interval = Math.min(LONGEST_SWEEP_MILLIS, Deadlines.sweepMillis(port.settings()));
    sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    if (kernel.areThere()) {
      sweeper.scheduleWithFixedDelay(
          this::partWithTheGone,
          ACKNOWLEDGEMENT_MILLIS,
          ACKNOWLEDGEMENT_MILLIS,
          TimeUnit.MILLISECONDS);
    }
    lobby.start();
    accepting.start();
  }

  private void sweep() {
    long now = System.nanoTime();
    connections.forEach(connection -> connection.checkDeadlines(now));
  }

  /** Reads the system's tables only when somebody was sent something since. */
  private void partWithTheGone() {
    Map<ThreadConnection, Long> sent = new HashMap<>();
    connections.forEach(connection -> connection.putUnsettled(sent));
    if (sent.isEmpty()) {
      return;
    }
    try {
      Map<InetSocketAddress, KernelTables.UnderWay> underWay =
          kernel.underWay(port.address().getPort());
      long now = System.nanoTime();
      sent.forEach((connection, bytes) -> connection.checkAcknowledged(now, bytes, underWay));
    } catch (IOException untold) {
      LOG.log(Level.DEBUG, "the system does not tell what was acknowledged", untold);
    }
  }

  /** A connection was accepted. */
  void accepted(SocketChannel channel) throws IOException {
    SocketOptions.set(channel);
    if (!port.admits(((InetSocketAddress) channel.getRemoteAddress()).getAddress())) {
      farewell(channel);
      return;
    }
    ThreadConnection connection = new ThreadConnection(this, port, channel);
    if (!port.settings().proxyProtocol() && !connection.admitted()) {
      connection.leave();
      farewell(channel);
      return;
    }
    population.born();
    connections.add(connection);
    if (connection.shakesHands()) {
      connection.awaitFirstByte();
    } else {
      begin(connection, arrivals, connection::arrive);
    }
  }

  /** Gives a connection its thread. */
  void serve(ThreadConnection connection) {
    begin(
        connection,
        threads,
        () -> {
          serving.incrementAndGet();
          try {
            connection.run();
          } finally {
            serving.decrementAndGet();
          }
        });
  }

  private void begin(ThreadConnection connection, ExecutorService where, Runnable task) {
    try {
      where.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      // The error says that the system gives no more threads; memory is not concerned.
      port.acceptFailed(noThread);
      connection.lost();
    }
  }

  void ended(ThreadConnection connection) {
    connections.remove(connection);
    population.died();
  }

  void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "a write came after the endpoint had stopped", stopped);
    }
  }

  /** Turns a client away without keeping the thread that found out. */
  void farewell(SocketChannel channel) {
    lobby.turnAway(channel);
  }

  void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a socket could not be closed in order", gone);
    }
  }

  @Override
  public void beginStop() {
    accepting.stop();
    connections.forEach(ThreadConnection::stop);
  }

  @Override
  public boolean awaitConnections(Duration most) throws InterruptedException {
    return population.awaitExtinction(most);
  }

  @Override
  public int cut() {
    int left = population.alive();
    connections.forEach(connection -> connection.cut(CloseReason.STOPPED));
    try {
      population.awaitExtinction(CUT_PATIENCE);
      lobby.close();
      arrivals.shutdownNow();
      threads.shutdownNow();
      sweeper.shutdownNow();
      arrivals.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      threads.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      sweeper.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      arrivals.shutdownNow();
      threads.shutdownNow();
      sweeper.shutdownNow();
      Thread.currentThread().interrupt();
    }
    beans.close();
    return left;
  }
}
