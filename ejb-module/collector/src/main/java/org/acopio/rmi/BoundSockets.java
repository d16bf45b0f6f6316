package org.acopio.rmi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIServerSocketFactory;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.session.Sessions;

/**
 * Listens on one address only. Objects with the same factory share a port, so the registry and
 * every object of one export are given the same; another export, or the next one, has its own.
 * Every connection that is accepted is a session.
 */
final class BoundSockets implements RMIServerSocketFactory, AutoCloseable {
  private static final Logger LOG = System.getLogger(BoundSockets.class.getName());
  private static final int BACKLOG = 256;

  private final InetAddress bind;
  private final Sessions sessions;
  private final Deque<ServerSocket> opened = new ConcurrentLinkedDeque<>();

  BoundSockets(InetAddress bind, Sessions sessions) {
    this.bind = bind;
    this.sessions = sessions;
  }

  /** The port that was opened, 0 before that. */
  int localPort() {
    ServerSocket last = opened.peekLast();
    return last == null ? 0 : last.getLocalPort();
  }

  /** Stops listening: the JDK leaves a port open that was any free one. */
  @Override
  public void close() {
    for (ServerSocket socket : opened) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "port {0} stays open: {1}", socket.getLocalPort(), e.toString());
      }
    }
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    ServerSocket socket = new PromptSocket(port, bind, sessions);
    opened.add(socket);
    return socket;
  }

  /** Small answers leave at once, and a peer that is gone is noticed. */
  private static final class PromptSocket extends ServerSocket {
    private static final long MAX_CLOSE_NANOS = 1_000_000_000L;

    private final AtomicInteger acceptors = new AtomicInteger();
    private final Sessions sessions;

    PromptSocket(int port, InetAddress bind, Sessions sessions) throws IOException {
      this.sessions = sessions;
      try {
        bind(new InetSocketAddress(bind, port), BACKLOG);
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public Socket accept() throws IOException {
      acceptors.incrementAndGet();
      try {
        CountedSocket socket = new CountedSocket();
        implAccept(socket);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.enter(sessions);
        return socket;
      } finally {
        acceptors.decrementAndGet();
      }
    }

    /**
     * Returns when the port is free: a thread that waits in the kernel holds it a little longer.
     */
    @Override
    public void close() throws IOException {
      super.close();
      long end = System.nanoTime() + MAX_CLOSE_NANOS;
      while (acceptors.get() > 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }
}
