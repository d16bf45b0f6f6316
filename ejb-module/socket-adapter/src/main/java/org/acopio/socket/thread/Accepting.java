package org.acopio.socket.thread;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that accepts connections. */
final class Accepting {
  private static final Logger LOG = System.getLogger(Accepting.class.getName());
  private static final long JOIN_MILLIS = 5_000;

  private final ThreadPort port;
  private final ServerSocketChannel listening;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Accepting(ThreadPort port, ServerSocketChannel listening, String name) {
    this.port = port;
    this.listening = listening;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Frees the port; returns when no connection is accepted any more. */
  void stop() {
    stopped.countDown();
    try {
      listening.close();
      thread.join(JOIN_MILLIS);
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a listening socket could not be closed in order", gone);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (listening.isOpen()) {
      try {
        take(listening.accept());
      } catch (IOException failed) {
        pauseAfter(failed);
      }
    }
  }

  private void take(SocketChannel channel) {
    try {
      port.accepted(channel);
    } catch (IOException gone) {
      // The client left while its options were set.
      port.close(channel);
    }
  }

  /** Out of descriptors: trying again at once would only burn the processor. */
  private void pauseAfter(IOException failed) {
    if (!listening.isOpen()) {
      return;
    }
    port.port().acceptFailed(failed);
    try {
      stopped.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException unexpected) {
      LOG.log(Level.DEBUG, "nobody interrupts this thread; it goes on", unexpected);
    }
  }
}
