package org.acopio.rmi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Listens on one address only. Equal factories share a port, so the registry and every object are
 * given equal ones.
 */
final class BoundSockets implements RMIServerSocketFactory {
  private static final int BACKLOG = 256;

  private final InetAddress bind;
  private volatile int localPort;

  BoundSockets(InetAddress bind) {
    this.bind = bind;
  }

  /** The port that was opened last. */
  int localPort() {
    return localPort;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    ServerSocket socket = new PromptSocket(port, bind);
    localPort = socket.getLocalPort();
    return socket;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundSockets that && bind.equals(that.bind);
  }

  @Override
  public int hashCode() {
    return bind.hashCode();
  }

  /** Small answers leave at once, and a peer that is gone is noticed. */
  private static final class PromptSocket extends ServerSocket {
    PromptSocket(int port, InetAddress bind) throws IOException {
      super(port, BACKLOG, bind);
    }

    @Override
    public Socket accept() throws IOException {
      Socket socket = super.accept();
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      return socket;
    }
  }
}
