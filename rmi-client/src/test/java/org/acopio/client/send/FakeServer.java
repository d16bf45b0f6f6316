package org.acopio.client.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Exports remote objects as the real server does: registry and objects on one loopback port. */
final class FakeServer implements AutoCloseable {
  private final Map<String, Remote> objects;
  private int port;
  private final Front front;
  private Sockets sockets;
  private Registry registry;

  private FakeServer(Map<String, Remote> objects, int port, Front front) {
    this.objects = objects;
    this.port = port;
    this.front = front;
  }

  static FakeServer start(Map<String, Remote> objects) throws IOException {
    return start(objects, freePort());
  }

  static FakeServer start(Map<String, Remote> objects, int port) throws IOException {
    return start(objects, port, Optional::of);
  }

  /** A server with something between its sockets and its calls. */
  static FakeServer start(Map<String, Remote> objects, Front front) throws IOException {
    return start(objects, freePort(), front);
  }

  static FakeServer start(Map<String, Remote> objects, int port, Front front) throws IOException {
    FakeServer server = new FakeServer(objects, port, front);
    server.start();
    return server;
  }

  /** A port that nobody listens on just now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  ServerAddress address() {
    return new ServerAddress("127.0.0.1", port);
  }

  /** Listens elsewhere than before. */
  void start(int elsewhere) throws RemoteException {
    port = elsewhere;
    start();
  }

  void start() throws RemoteException {
    sockets = new Sockets(front);
    registry = LocateRegistry.createRegistry(port, null, sockets);
    for (Map.Entry<String, Remote> object : objects.entrySet()) {
      registry.rebind(
          object.getKey(),
          UnicastRemoteObject.exportObject(object.getValue(), port, null, sockets));
    }
  }

  /** Nothing answers from now on, and every connection is cut. */
  void stop() {
    for (Remote object : objects.values()) {
      unexport(object);
    }
    unexport(registry);
    sockets.close();
  }

  /** Cuts every connection; new ones are taken. */
  void cut() {
    sockets.cut();
  }

  /** How many connections are open. */
  int connections() {
    return sockets.accepted.size();
  }

  private static void unexport(Remote object) {
    try {
      UnicastRemoteObject.unexportObject(object, true);
    } catch (NoSuchObjectException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Sockets that are known, so that they can be cut. */
  private static final class Sockets implements RMIServerSocketFactory {
    final Front front;
    final Set<Socket> accepted = ConcurrentHashMap.newKeySet();
    final List<ServerSocket> listening = new ArrayList<>();

    /** A port is free again only when nobody waits in {@code accept} any more. */
    final AtomicInteger accepting = new AtomicInteger();

    Sockets(Front front) {
      this.front = front;
    }

    @Override
    public synchronized ServerSocket createServerSocket(int port) throws IOException {
      ServerSocket socket =
          new ServerSocket(port, 0, InetAddress.getLoopbackAddress()) {
            @Override
            public Socket accept() throws IOException {
              accepting.incrementAndGet();
              try {
                Optional<Socket> admitted = Optional.empty();
                while (admitted.isEmpty()) {
                  Socket one = new AcceptedSocket(accepted);
                  implAccept(one);
                  one.setTcpNoDelay(true);
                  accepted.add(one);
                  admitted = front.admit(one);
                }
                return admitted.get();
              } finally {
                accepting.decrementAndGet();
              }
            }
          };
      listening.add(socket);
      return socket;
    }

    void cut() {
      for (Socket socket : List.copyOf(accepted)) {
        quietly(socket);
      }
    }

    synchronized void close() {
      listening.forEach(Sockets::quietly);
      cut();
      while (accepting.get() > 0) {
        Thread.onSpinWait();
      }
    }

    private static void quietly(java.io.Closeable socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Between the sockets of a server and its calls. */
  interface Front {
    /** What a call goes over; nothing when this was no connection for calls. */
    Optional<Socket> admit(Socket accepted);
  }

  /** Forgets itself when it is closed. */
  private static final class AcceptedSocket extends Socket {
    private final Set<Socket> accepted;

    AcceptedSocket(Set<Socket> accepted) {
      this.accepted = accepted;
    }

    @Override
    public synchronized void close() throws IOException {
      accepted.remove(this);
      super.close();
    }
  }
}
