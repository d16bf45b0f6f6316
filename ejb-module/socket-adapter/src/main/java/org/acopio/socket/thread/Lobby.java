package org.acopio.socket.thread;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Where connections wait that have said nothing yet, and clients that are turned away: one thread
 * for all of them, so that silence costs none. Who says something, is written to, or is to end,
 * leaves and gets its own.
 */
final class Lobby {
  private static final Logger LOG = System.getLogger(Lobby.class.getName());
  private static final long SWEEP_MILLIS = 500;
  private static final long JOIN_MILLIS = 5_000;

  /** So many are told at the same time that they are turned away; others are only closed. */
  private static final int MOST_FAREWELLS = 256;

  private static final int THROWN_AWAY_BYTES = 8 * 1024;

  private final byte[] refusal;
  private final ByteBuffer thrownAway = ByteBuffer.allocateDirect(THROWN_AWAY_BYTES);
  private final Consumer<ThreadConnection> next;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
  private final Map<ThreadConnection, SelectionKey> guests = new HashMap<>();
  private final List<ThreadConnection> leaving = new ArrayList<>();
  private final Set<Farewell> farewells = new HashSet<>();
  private final AtomicInteger farewellsBegun = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param refusal said to who is turned away
   * @param next what becomes of a connection that leaves; its channel blocks again, or is closed
   */
  Lobby(String name, byte[] refusal, Consumer<ThreadConnection> next) throws IOException {
    this.refusal = refusal;
    this.next = next;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Lets a connection wait until it has a reason to leave, which it may have by now. */
  void enter(ThreadConnection connection) {
    call(() -> take(connection));
  }

  /**
   * Lets a connection leave that waits here; one that has left, or comes only now, does not mind.
   */
  void leave(ThreadConnection connection) {
    call(
        () -> {
          if (guests.containsKey(connection)) {
            leaving.add(connection);
          }
        });
  }

  /** Turns a client away; who is one too many even for that is closed at once. */
  void turnAway(SocketChannel client) {
    if (farewellsBegun.getAndUpdate(count -> count < MOST_FAREWELLS ? count + 1 : count)
        < MOST_FAREWELLS) {
      call(() -> say(new Farewell(client)));
    } else {
      close(client);
    }
  }

  private void call(Runnable action) {
    calls.add(action);
    selector.wakeup();
  }

  /** Ends the thread. Who still waits is let go, who is being turned away is closed. */
  void close() throws InterruptedException {
    closed = true;
    selector.wakeup();
    thread.join(JOIN_MILLIS);
    if (!thread.isAlive()) {
      // It may never have run.
      closeSelector();
    }
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(SWEEP_MILLIS);
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
          call.run();
        }
        look();
        letGo();
        sweep();
      } catch (IOException | RuntimeException unexpected) {
        LOG.log(Level.WARNING, "the thread that waits with silent connections goes on", unexpected);
      }
    }
    end();
  }

  private void take(ThreadConnection connection) {
    try {
      connection.channel().configureBlocking(false);
      SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ, connection);
      guests.put(connection, key);
      if (connection.restless()) {
        leaving.add(connection);
      }
    } catch (IOException gone) {
      next.accept(connection);
    }
  }

  private void look() {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.attachment() instanceof Farewell farewell) {
        hear(farewell);
      } else if (key.attachment() instanceof ThreadConnection connection) {
        leaving.add(connection);
      }
    }
  }

  /** A channel blocks again only when the selector has let go of it. */
  private void letGo() throws IOException {
    if (leaving.isEmpty()) {
      return;
    }
    List<ThreadConnection> gone = new ArrayList<>();
    for (ThreadConnection connection : leaving) {
      SelectionKey key = guests.remove(connection);
      if (key != null) {
        key.cancel();
        gone.add(connection);
      }
    }
    leaving.clear();
    selector.selectNow(cancelled -> {});
    for (ThreadConnection connection : gone) {
      block(connection);
      next.accept(connection);
    }
  }

  private static void block(ThreadConnection connection) {
    try {
      connection.channel().configureBlocking(true);
    } catch (ClosedChannelException over) {
      // Whoever serves it finds out, and tells its listener.
      LOG.log(Level.TRACE, "connection {0} ended while it waited", connection.id());
    } catch (IOException failed) {
      LOG.log(Level.DEBUG, "a socket does not block again", failed);
      close(connection.channel());
    }
  }

  private void say(Farewell farewell) {
    farewells.add(farewell);
    try {
      farewell.channel().configureBlocking(false);
      farewell.say(refusal);
      farewell.channel().register(selector, SelectionKey.OP_READ, farewell);
    } catch (IOException gone) {
      over(farewell);
    }
  }

  private void hear(Farewell farewell) {
    try {
      if (farewell.ended(thrownAway)) {
        over(farewell);
      }
    } catch (IOException | CancelledKeyException gone) {
      over(farewell);
    }
  }

  private void over(Farewell farewell) {
    if (farewells.remove(farewell)) {
      farewellsBegun.decrementAndGet();
    }
    close(farewell.channel());
  }

  private void sweep() {
    long now = System.nanoTime();
    farewells.stream().filter(farewell -> farewell.late(now)).toList().forEach(this::over);
  }

  private void end() {
    List.copyOf(farewells).forEach(this::over);
    for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
      call.run();
    }
    leaving.addAll(guests.keySet());
    try {
      letGo();
    } catch (IOException unexpected) {
      LOG.log(Level.DEBUG, "a selector failed at its end", unexpected);
    }
    List.copyOf(farewells).forEach(this::over);
    closeSelector();
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a selector could not be closed in order", gone);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a socket could not be closed in order", gone);
    }
  }
}
