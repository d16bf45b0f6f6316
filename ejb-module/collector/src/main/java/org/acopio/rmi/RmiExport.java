package org.acopio.rmi;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLContext;
import org.acopio.collect.CollectSettings;
import org.acopio.collect.Collector;
import org.acopio.identity.Identities;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.FileCollector;
import org.acopio.remote.ParityService;
import org.acopio.session.Sessions;

/** The registry and the services in it, all on one port, from its making to {@link #close}. */
public final class RmiExport implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RmiExport.class.getName());
  private static final String HOST_PROPERTY = "java.rmi.server.hostname";

  private final RmiSettings settings;
  private final BoundSockets sockets;
  private final Deque<Remote> exported = new ArrayDeque<>();

  /**
   * Exports the services on a port that refuses connections until {@link #open}.
   *
   * @param sessions where every connection is entered
   * @param identities by which PCs beyond this machine are known
   * @param tls as this server
   * @throws RemoteException when the port is taken or the address is not this machine's
   */
  public RmiExport(
      RmiSettings settings,
      CollectSettings limits,
      Collector collector,
      ParityCalls parityCalls,
      Sessions sessions,
      Identities identities,
      SSLContext tls)
      throws RemoteException {
    this.settings = settings;
    this.sockets = new BoundSockets(settings, sessions, identities, tls.getSocketFactory());
    nameHost();
    try {
      Registry registry = LocateRegistry.createRegistry(settings.port(), null, sockets);
      exported.push(registry);
      ParityExport parity = new ParityExport(parityCalls.over(ParityCalls.Transport.RMI));
      export(registry, ParityService.NAME, parity, Filters.parity());
      export(
          registry, FileCollector.NAME, new CollectorExport(collector), Filters.collector(limits));
    } catch (RemoteException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Lets connections in from now on. Again is harmless.
   *
   * @throws RemoteException when another program took the port in this moment
   */
  public void open() throws RemoteException {
    try {
      sockets.open();
    } catch (IOException e) {
      throw new RemoteException("cannot listen: " + e.getMessage(), e);
    }
  }

  /** The port, also when any was asked for. */
  public int port() {
    return sockets.localPort();
  }

  /** Where it listens, and how much it takes. */
  public RmiSettings settings() {
    return settings;
  }

  /** How many connections there are, and how many were turned away. */
  public GateFigures figures() {
    return sockets.tally().now();
  }

  /**
   * From now on turns new connections away; those that are open go on. Repeating it is harmless.
   */
  public void pause() {
    sockets.tally().pause();
  }

  /** Takes new connections again. */
  public void resume() {
    sockets.tally().resume();
  }

  @Override
  public void close() {
    while (!exported.isEmpty()) {
      try {
        UnicastRemoteObject.unexportObject(exported.pop(), true);
      } catch (NoSuchObjectException e) {
        LOG.log(Level.DEBUG, "already unexported", e);
      }
    }
    sockets.close();
  }

  private void export(Registry registry, String name, Remote service, ObjectInputFilter filter)
      throws RemoteException {
    Remote stub = UnicastRemoteObject.exportObject(service, settings.port(), null, sockets, filter);
    exported.push(service);
    registry.rebind(name, stub);
  }

  /** Stubs carry a host name; without this it is whatever the machine calls itself. */
  private void nameHost() {
    String host = settings.host();
    if (host.isEmpty() && !settings.bind().isAnyLocalAddress()) {
      host = settings.bind().getHostAddress();
    }
    if (host.isEmpty() && System.getProperty(HOST_PROPERTY) == null) {
      try {
        host = InetAddress.getLocalHost().getHostAddress();
      } catch (UnknownHostException e) {
        LOG.log(
            Level.WARNING,
            "this machine does not know its own address; set acopio.rmi.host for clients other than the agent");
      }
    }
    if (!host.isEmpty()) {
      System.setProperty(HOST_PROPERTY, host);
    }
  }
}
