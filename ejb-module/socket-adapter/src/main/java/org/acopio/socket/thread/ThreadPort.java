package org.acopio.socket.thread;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.delivery.Deadlines;
import org.acopio.socket.delivery.OpenPort;
import org.acopio.socket.delivery.Population;
import org.acopio.socket.delivery.Port;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.tls.TlsServer;

/** A port whose connections have a thread of control each. */
public final class ThreadPort implements OpenPort {
  private static final Logger LOG = System.getLogger(ThreadPort.class.getName());
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(5);

  /** An answer waits so long at most for the rest of the delivery that wrote it. */
  private static final long LONGEST_SWEEP_MILLIS = 50;

  private static final int READ_BYTES = 8 * 1024;

  private final Port port;
  private final ServerSocket listening;
  private final Optional<TlsServer> tls;
  private final BeanPool beans;
  private final ExecutorService threads;
  private final ScheduledExecutorService sweeper;
  private final Farewells farewells;
  private final Set<ThreadConnection> connections = ConcurrentHashMap.newKeySet();
  private final Population population = new Population();
  private final Accepting accepting;

  private ThreadPort(
      EndpointSettings settings,
      Beans beans,
      LongSupplier ids,
      ServerSocket listening,
      Optional<TlsServer> tls) {
    this.listening = listening;
    this.tls = tls;
    this.port =
        new Port(
            settings,
            beans,
            ids,
            (InetSocketAddress) listening.getLocalSocketAddress(),
            population::alive);
    String name = settings.name() + "-" + listening.getLocalPort();
    this.beans = new BeanPool(beans, settings.endpoints());
    this.threads = ConnectionThreads.open(name + "-connection-");
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name + "-sweep"));
    this.farewells = new Farewells(tls.isPresent() ? "" : settings.refusal());
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
    ServerSocket listening = new ServerSocket();
    try {
      // On Windows the option would let another process take the port over.
      listening.setReuseAddress(
          !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
      listening.bind(new InetSocketAddress(settings.bindAddress(), number), settings.backlog());
      return new ThreadPort(settings, beans, ids, listening, tls);
    } catch (IOException | RuntimeException refused) {
      listening.close();
      throw refused;
    }
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

  int readBytes() {
    return READ_BYTES;
  }

  @Override
  public void serve() {
    long interval = Math.min(LONGEST_SWEEP_MILLIS, Deadlines.sweepMillis(port.settings()));
    sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    accepting.start();
  }

  private void sweep() {
    long now = System.nanoTime();
    connections.forEach(connection -> connection.checkDeadlines(now));
  }

  /** A connection was accepted. */
  void accepted(Socket socket) throws IOException {
    SocketOptions.set(socket);
    if (!port.admits(socket.getInetAddress())) {
      farewell(socket);
      return;
    }
    ThreadConnection connection = new ThreadConnection(this, port, socket);
    if (!port.settings().proxyProtocol() && !connection.admitted()) {
      connection.leave();
      farewell(socket);
      return;
    }
    population.born();
    connections.add(connection);
    begin(connection);
  }

  private void begin(ThreadConnection connection) {
    try {
      threads.execute(connection::run);
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      // The error says that the system gives no more threads; memory is not concerned.
      connection.cut(CloseReason.FAILURE);
      connection.leave();
      port.endedEarly(CloseReason.FAILURE);
      ended(connection);
      port.acceptFailed(noThread);
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
  void farewell(Socket socket) {
    if (!farewells.begin()) {
      close(socket);
      return;
    }
    try {
      threads.execute(() -> farewells.say(socket));
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      farewells.end();
      close(socket);
      port.acceptFailed(noThread);
    }
  }

  void close(Socket socket) {
    try {
      socket.close();
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
    farewells.stop();
    try {
      population.awaitExtinction(CUT_PATIENCE);
      threads.shutdownNow();
      sweeper.shutdownNow();
      threads.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      sweeper.awaitTermination(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      threads.shutdownNow();
      sweeper.shutdownNow();
      Thread.currentThread().interrupt();
    }
    beans.close();
    return left;
  }
}
