package org.acopio.rmi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.server.RMIServerSocketFactory;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocketFactory;
import org.acopio.identity.Identities;
import org.acopio.session.Sessions;

/**
 * Listens on one address only. Objects with the same factory share a port, so the registry and
 * every object of one export are given the same; another export, or the next one, has its own.
 * Every connection that is accepted is a session; RMI gets those that may reach it.
 */
final class BoundSockets implements RMIServerSocketFactory, AutoCloseable {
  private final RmiSettings settings;
  private final Sessions sessions;
  private final Identities identities;
  private final SSLSocketFactory tls;
  private final Tally tally = new Tally();
  private final Deque<GuardedSocket> opened = new ConcurrentLinkedDeque<>();

  BoundSockets(
      RmiSettings settings, Sessions sessions, Identities identities, SSLSocketFactory tls) {
    this.settings = settings;
    this.sessions = sessions;
    this.identities = identities;
    this.tls = tls;
  }

  /** Listens from now on; the ports are only reserved before. Again is harmless. */
  void open() throws IOException {
    for (GuardedSocket socket : opened) {
      socket.gate.open();
    }
  }

  /** The port that was reserved, 0 before that. */
  int localPort() {
    GuardedSocket last = opened.peekLast();
    return last == null ? 0 : last.getLocalPort();
  }

  /** Who came and who was turned away, and the switch. */
  Tally tally() {
    return tally;
  }

  /** Stops listening: the JDK leaves a port open that was any free one. */
  @Override
  public void close() {
    opened.forEach(GuardedSocket::close);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    GuardedSocket socket =
        new GuardedSocket(
            settings, port, sessions, tally, new Doorkeeper(settings, identities, tls));
    opened.add(socket);
    return socket;
  }

  /** What RMI takes for its listening socket. */
  private static final class GuardedSocket extends ServerSocket {
    private final Doorkeeper doorkeeper;
    private final Gate gate;

    GuardedSocket(
        RmiSettings settings, int port, Sessions sessions, Tally tally, Doorkeeper doorkeeper)
        throws IOException {
      this.doorkeeper = doorkeeper;
      try {
        gate = new Gate(settings, port, sessions, tally, doorkeeper);
      } catch (IOException e) {
        doorkeeper.close();
        throw e;
      }
      doorkeeper.at(gate);
    }

    @Override
    public Socket accept() throws IOException {
      try {
        Socket socket = doorkeeper.take();
        if (socket != null) {
          return socket;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new SocketException("the port of RMI is closed");
    }

    @Override
    public int getLocalPort() {
      return gate.local().getPort();
    }

    @Override
    public InetAddress getInetAddress() {
      return gate.local().getAddress();
    }

    @Override
    public boolean isBound() {
      return true;
    }

    /** Returns when the port is free. */
    @Override
    public void close() {
      try {
        super.close();
      } catch (IOException e) {
        throw new IllegalStateException("a socket that was never opened does not close", e);
      } finally {
        gate.close();
        doorkeeper.close();
      }
    }
  }
}
