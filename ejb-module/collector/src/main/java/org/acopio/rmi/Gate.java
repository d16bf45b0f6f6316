package org.acopio.rmi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.acopio.rmi.Tally.Refusal;
import org.acopio.session.EndReason;
import org.acopio.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of RMI, where one thread waits with every connection until it has said how
 * it begins: who says nothing costs no thread. When there are too many, the one that has been
 * silent for longest goes, so that silence keeps nobody out. The port is reserved at first, and
 * refuses connections until {@link #open}.
 */
final class Gate implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Gate.class.getName());
  private static final int BACKLOG = 1_024;
  private static final int READ_BYTES = 16 * 1024;
  private static final long SWEEP_MILLIS = 250;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int GIVEN_UP = 100;
  private static final Duration TIME_TO_SPEAK = Duration.ofSeconds(2);

  /** A peer that is gone without a word is noticed within a minute. */
  private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 20,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private final RmiSettings settings;
  private final Sessions sessions;
  private final Tally tally;
  private final Reception reception;
  private final SocketChannel reserved;
  private final ServerSocketChannel listening;
  private final InetSocketAddress local;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Map<Arrival, ByteArrayOutputStream> waiting = new LinkedHashMap<>();
  private final Map<Arrival, Long> deadlines = new ConcurrentHashMap<>();

  /** Those that came through, and are not over. */
  private final Set<Arrival> served = ConcurrentHashMap.newKeySet();

  private final Complaints failures = new Complaints(LOG);
  private final Complaints refusals = new Complaints(LOG);
  private final Map<InetAddress, Integer> ofAddress = new ConcurrentHashMap<>();
  private final Thread thread;
  private long swept = System.nanoTime();
  private volatile boolean closed;

  /** Where connections go that have said how they begin. */
  interface Reception {
    /** Called by the thread of the gate: must not block. */
    void arrived(Arrival arrival, Opening opening, byte[] first);

    /** A connection is over, wherever it was; called by any thread. */
    void left(Arrival arrival);
  }

  Gate(RmiSettings settings, int port, Sessions sessions, Tally tally, Reception reception)
      throws IOException {
    this.settings = settings;
    this.sessions = sessions;
    this.tally = tally;
    this.reception = reception;
    selector = Selector.open();
    try {
      reserved = reserved(new InetSocketAddress(settings.bind(), port));
      try {
        local = (InetSocketAddress) reserved.getLocalAddress();
        listening = ServerSocketChannel.open();
      } catch (IOException | RuntimeException e) {
        reserved.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      selector.close();
      throw e;
    }
    thread = new Thread(this::run, "acopio-rmi-gate");
    thread.setDaemon(true);
    thread.start();
  }

  private static SocketChannel reserved(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      // Else the connections of a server that ran a moment ago would keep the port.
      return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Listens from now on. Again, or when it is closed, is harmless. */
  synchronized void open() throws IOException {
    if (!closed && reserved.isOpen()) {
      reserved.close();
      listening.bind(local, BACKLOG);
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT);
      selector.wakeup();
    }
  }

  /** Where it listens, will or did. */
  InetSocketAddress local() {
    return local;
  }

  /** Ends a connection that is not over by then. Zero takes the deadline away. */
  void within(Arrival arrival, Duration time) {
    if (time.isZero()) {
      deadlines.remove(arrival);
    } else {
      deadlines.put(arrival, System.nanoTime() + time.toNanos());
      if (arrival.isOver()) {
        deadlines.remove(arrival);
      }
    }
  }

  /** Stops listening; returns when the port is free. Connections that came through stay. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    selector.wakeup();
    try {
      if (Thread.currentThread() != thread) {
        thread.join(Duration.ofSeconds(10).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector;
        listening;
        reserved) {
      while (!closed) {
        selector.select(SWEEP_MILLIS);
        serve();
      }
      for (Arrival arrival : List.copyOf(waiting.keySet())) {
        arrival.end(EndReason.STOPPED);
      }
      waiting.clear();
      listening.close();
      // What is closed is given back to the system by the next look.
      selector.selectNow();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "nobody is let in to RMI any more", e);
    }
  }

  /** What fails with one connection is not the end for all others. */
  private void serve() throws IOException {
    try {
      look();
      sweep();
    } catch (RuntimeException | OutOfMemoryError e) {
      failures.say("a connection could not be served ({0} times): {1}", e.toString());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void look() throws IOException {
    List<Arrival> ready = new ArrayList<>();
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      if (!key.isValid()) {
        continue;
      }
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof Arrival arrival && read(arrival)) {
        key.cancel();
        ready.add(arrival);
      }
    }
    if (!ready.isEmpty()) {
      // A channel can block again when the selector has let go of it.
      selector.selectNow();
      ready.forEach(this::hand);
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = listening.accept();
          channel != null;
          channel = listening.accept()) {
        enter(channel);
      }
    } catch (IOException e) {
      if (!closed) {
        // It is tried again some twenty times a second.
        failures.say("no connection can be accepted for now ({0} times): {1}", e.toString());
        giveUpSilent();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** Frees what others may need more; who has just come is about to speak. */
  private void giveUpSilent() {
    List.copyOf(waiting.keySet()).stream()
        .limit(GIVEN_UP)
        .filter(arrival -> arrival.age().compareTo(TIME_TO_SPEAK) > 0)
        .forEach(this::giveUp);
  }

  private void enter(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      keepAlive(channel);
      Arrival arrival = new Arrival(channel);
      Optional<Refusal> refusal = refusal(arrival.address());
      if (refusal.isPresent()) {
        refuse(arrival, refusal.get());
        channel.close();
        return;
      }
      channel.register(selector, SelectionKey.OP_READ, arrival);
      tally.opened();
      ofAddress.merge(arrival.address(), 1, Integer::sum);
      waiting.put(arrival, new ByteArrayOutputStream(Opening.SHORTEST));
      arrival.enter(sessions, this::left);
      within(arrival, settings.firstByte());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection ended before it began", e);
      try {
        channel.close();
      } catch (IOException again) {
        LOG.log(Level.DEBUG, "it does not close either", again);
      }
    }
  }

  private static void keepAlive(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (Map.Entry<SocketOption<Integer>, Integer> option : KEEP_ALIVE.entrySet()) {
      if (channel.supportedOptions().contains(option.getKey())) {
        channel.setOption(option.getKey(), option.getValue());
      }
    }
  }

  /** Why a connection from there is not let in; nothing when it is. */
  private Optional<Refusal> refusal(InetAddress address) {
    if (tally.paused()) {
      return Optional.of(Refusal.PAUSED);
    }
    if (ofAddress.getOrDefault(address, 0) >= settings.connectionsPerAddress()
        && !giveUpOne(address)) {
      return Optional.of(Refusal.ADDRESS_FULL);
    }
    return tally.open() < settings.connections() || giveUpOne(null)
        ? Optional.empty()
        : Optional.of(Refusal.FULL);
  }

  private void refuse(Arrival arrival, Refusal why) {
    tally.refused(why);
    refusals.say(
        "{0} connection(s) to RMI turned away, the last from {1}: {2}",
        arrival.address().getHostAddress(), why);
  }

  /** Ends the connection that has waited for longest: of this address, or of any. */
  private boolean giveUpOne(@Nullable InetAddress address) {
    for (Arrival arrival : waiting.keySet()) {
      if (address == null || arrival.address().equals(address)) {
        giveUp(arrival);
        return true;
      }
    }
    return false;
  }

  private void giveUp(Arrival arrival) {
    waiting.remove(arrival);
    arrival.end(EndReason.FIRST_BYTE);
  }

  /** Takes what has come; returns whether it says how the connection begins. */
  private boolean read(Arrival arrival) {
    ByteArrayOutputStream head = waiting.get(arrival);
    if (head == null) {
      return false;
    }
    try {
      buffer.clear();
      int read = arrival.channel.read(buffer);
      if (read < 0) {
        waiting.remove(arrival);
        arrival.end(EndReason.PEER);
        return false;
      }
      arrival.read(read);
      byte[] bytes = new byte[read];
      buffer.flip().get(bytes);
      head.writeBytes(bytes);
    } catch (IOException e) {
      waiting.remove(arrival);
      arrival.end(EndReason.RESET);
      return false;
    }
    Opening opening = Opening.of(head.toByteArray(), arrival.address().isLoopbackAddress());
    if (opening == Opening.FOREIGN) {
      waiting.remove(arrival);
      arrival.end(EndReason.PROTOCOL);
    }
    return opening == Opening.PLAIN || opening == Opening.TLS;
  }

  private void hand(Arrival arrival) {
    ByteArrayOutputStream head = waiting.remove(arrival);
    if (head == null || arrival.isOver()) {
      return;
    }
    deadlines.remove(arrival);
    served.add(arrival);
    if (arrival.isOver()) {
      served.remove(arrival);
      return;
    }
    try {
      arrival.channel.configureBlocking(true);
    } catch (IOException e) {
      arrival.end(EndReason.RESET);
      return;
    }
    byte[] first = head.toByteArray();
    try {
      reception.arrived(arrival, Opening.of(first, arrival.address().isLoopbackAddress()), first);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "one connection to RMI is lost", e);
      arrival.end(EndReason.FAILURE);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    if (now - swept < Duration.ofMillis(SWEEP_MILLIS).toNanos()) {
      return;
    }
    swept = now;
    deadlines.forEach(
        (arrival, end) -> {
          if (end - now < 0) {
            arrival.end(waiting.containsKey(arrival) ? EndReason.FIRST_BYTE : EndReason.IDLE);
          }
        });
    waiting.keySet().removeIf(Arrival::isOver);
    if (!settings.idle().isZero()) {
      // A thread that writes to somebody who takes nothing sees no deadline of its own.
      served.stream()
          .filter(arrival -> arrival.isStuck(now, settings.idle()))
          .forEach(arrival -> arrival.end(EndReason.IDLE));
    }
  }

  private void left(Arrival arrival) {
    deadlines.remove(arrival);
    served.remove(arrival);
    tally.closed();
    ofAddress.computeIfPresent(arrival.address(), (address, n) -> n == 1 ? null : n - 1);
    reception.left(arrival);
  }
}
