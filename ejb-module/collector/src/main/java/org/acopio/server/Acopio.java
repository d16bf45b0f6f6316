package org.acopio.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.rmi.RemoteException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.Totals;
import org.acopio.collect.Collector;
import org.acopio.config.Settings;
import org.acopio.config.XmlRpcSettings;
import org.acopio.ingest.Ingest;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.ServerInfo;
import org.acopio.rmi.RmiExport;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Storage;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The server: store, catalog, collector and exports, from the application's start to its stop. A
 * part that cannot start stops the start, with a message for the person who started it.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Acopio {
  /** Tells the launcher which port RMI really took. */
  static final String PORT_PROPERTY = "acopio.rmi.port.actual";

  private static final Logger LOG = System.getLogger(Acopio.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ParityCalls parityCalls = new ParityCalls();
  private Settings settings;
  private Collector collector;
  private Catalog catalog;
  private Ingest ingest;

  @PostConstruct
  void start() {
    try {
      settings = Settings.read(ConfigProvider.getConfig());
      Storage storage = opened(new DiskStorage(settings.storage()));
      catalog = opened(Catalog.open(settings.catalog()));
      collector =
          opened(
              new Collector(
                  settings.collect(), storage, catalog, Clock.systemUTC(), Version.current()));
      RmiExport rmi = opened(export());
      ingest = new Ingest(collector, settings.collect());
      System.setProperty(PORT_PROPERTY, Integer.toString(rmi.port()));
      LOG.log(
          Level.INFO,
          "Acopio {0} collects into {1}",
          Version.current(),
          settings.storage().folder());
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** The ingest protocol over this server's collector. */
  public Ingest ingest() {
    return ingest;
  }

  /** What the server is. */
  public ServerInfo describe() {
    return collector.describe();
  }

  /** How much it has collected; fails when the catalog cannot be reached. */
  public Totals totals() {
    return catalog.totals();
  }

  /** What was asked about parity since the start, over every transport. */
  public ParityCalls parityCalls() {
    return parityCalls;
  }

  /** How XML-RPC is set up. */
  public XmlRpcSettings xmlRpc() {
    return settings.xmlRpc();
  }

  @PreDestroy
  void stop() {
    System.clearProperty(PORT_PROPERTY);
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "a part did not stop cleanly", e);
      }
    }
  }

  private RmiExport export() {
    try {
      return new RmiExport(settings.rmi(), settings.collect(), collector, parityCalls);
    } catch (RemoteException e) {
      throw new IllegalStateException(
          "RMI cannot listen on "
              + settings.rmi().bind().getHostAddress()
              + " port "
              + settings.rmi().port()
              + " (acopio.rmi.port): "
              + e.getMessage()
              + "; stop what listens there, or choose another port",
          e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }
}
