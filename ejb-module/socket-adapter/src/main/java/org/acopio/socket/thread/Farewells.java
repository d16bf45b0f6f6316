package org.acopio.socket.thread;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns clients away so that they learn why: the text, the end of the output, then what a client
 * sends is thrown away for a moment. A socket that is closed with bytes unread would answer with a
 * reset, which may reach the client before the text does. Thread-safe.
 */
final class Farewells {
  private static final Logger LOG = System.getLogger(Farewells.class.getName());

  /** So many at the same time; others are only closed. */
  private static final int MOST = 256;

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final byte[] text;
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  Farewells(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes one of the places, if one is free; {@link #say} or {@link #end} gives it back. */
  boolean begin() {
    return running.getAndUpdate(count -> count < MOST ? count + 1 : count) < MOST;
  }

  void end() {
    running.decrementAndGet();
  }

  /** Blocks for up to two seconds. */
  void say(Socket client) {
    sockets.add(client);
    try (client) {
      client.getOutputStream().write(text);
      client.shutdownOutput();
      discard(client);
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a client that was turned away is gone: {0}", gone.getMessage());
    } finally {
      sockets.remove(client);
      end();
    }
  }

  private static void discard(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    byte[] nothing = new byte[1024];
    long until = System.nanoTime() + MOST_NANOS;
    for (long left = MOST_NANOS; left > 0; left = until - System.nanoTime()) {
      client.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      if (in.read(nothing) < 0) {
        return;
      }
    }
  }

  /** Ends those that still run. */
  void stop() {
    for (Socket client : sockets) {
      try {
        client.close();
      } catch (IOException gone) {
        LOG.log(Level.DEBUG, "a socket could not be closed in order", gone);
      }
    }
  }
}
