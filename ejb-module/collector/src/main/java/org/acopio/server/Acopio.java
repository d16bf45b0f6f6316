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
import java.net.InetSocketAddress;
import java.rmi.RemoteException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.acopio.account.Accounts;
import org.acopio.account.AuditLog;
import org.acopio.account.OneTimeTickets;
import org.acopio.account.SteadyClock;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.PastSession;
import org.acopio.catalog.PastSessionQuery;
import org.acopio.catalog.Totals;
import org.acopio.check.Checks;
import org.acopio.collect.Collector;
import org.acopio.config.Settings;
import org.acopio.config.XmlRpcSettings;
import org.acopio.identity.Identities;
import org.acopio.identity.ServerIdentity;
import org.acopio.ingest.Ingest;
import org.acopio.library.Library;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.ServerInfo;
import org.acopio.rmi.RmiExport;
import org.acopio.session.SessionHistory;
import org.acopio.session.Sessions;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Storage;
import org.acopio.thumbnail.Thumbnails;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The server: store, catalog, collector, sessions and exports, from the application's start to its
 * stop. A part that cannot start stops the start, with a message for the person who started it.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Acopio {
  /** Tells the launcher which port RMI really took. */
  static final String PORT_PROPERTY = "acopio.rmi.port.actual";

  private static final Logger LOG = System.getLogger(Acopio.class.getName());

  /** What the person who starts the server sees. */
  private static final Logger VOICE = System.getLogger("org.acopio.console");

  private final Clock clock = Clock.systemDefaultZone();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ParityCalls parityCalls = new ParityCalls();
  private Settings settings;
  private Storage storage;
  private Checks checks;
  private Collector collector;
  private Catalog catalog;
  private Library library;
  private Ingest ingest;
  private Sessions sessions;
  private Thumbnails thumbnails;
  private AdminToken token;
  private Accounts accounts;
  private AuditLog audit;
  private final OneTimeTickets loginTickets = new OneTimeTickets(SteadyClock.from(clock));
  private RmiExport rmi;
  private InetSocketAddress rmiAddress;
  private ServerIdentity serverIdentity;
  private Identities identities;

  @PostConstruct
  void start() {
    try {
      settings = Settings.read(ConfigProvider.getConfig());
      Settings.ignoredVariables(ConfigProvider.getConfig())
          .forEach(sentence -> VOICE.log(Level.WARNING, sentence));
      serverIdentity = ServerIdentity.open(settings.data());
      DiskStorage store = opened(new DiskStorage(settings.storage()));
      storage = store;
      catalog = opened(Catalog.open(settings.catalog()));
      library = opened(new Library(catalog.allFiles()));
      sessions = opened(new Sessions(history()));
      collector =
          opened(new Collector(settings.collect(), storage, catalog, clock, Version.current()));
      checks =
          opened(
              new Checks(
                  catalog,
                  store,
                  settings.scrub(),
                  () -> collector.progress().bytesPerSecond() > 0,
                  clock));
      thumbnails = opened(new Thumbnails(settings.thumbnails()));
      token = opened(AdminToken.make(settings.data()));
      accounts = new Accounts(catalog.accounts(), clock);
      audit =
          new AuditLog(
              catalog.audit(),
              catalog.retention("audit log", settings.account().auditDays()),
              clock);
      identities =
          new Identities(
              serverIdentity,
              catalog,
              clock,
              (address, deed) -> audit.add("system", address, deed));
      identities.whenRevoked(collector::endCertified);
      rmi = opened(export());
      ingest = new Ingest(collector, settings.collect());
      rmiAddress = new InetSocketAddress(settings.rmi().bind(), rmi.port());
      LOG.log(
          Level.INFO,
          "Acopio {0} collects into {1}",
          Version.current(),
          settings.storage().folder());
      FirstAccount.show(accounts, audit);
      FirstCode.show(identities.codes(), audit, new Place(rmiAddress, settings.rmi().host()));
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /**
   * Lets agents in, as the last step of a start: a port that listens says that all else is there.
   * Again is harmless.
   */
  public synchronized void open() {
    try {
      rmi.open();
      System.setProperty(PORT_PROPERTY, Integer.toString(rmi.port()));
    } catch (RemoteException e) {
      throw noRmi(e);
    }
  }

  /** The port that RMI listens on, also when any was asked for. */
  public int rmiPort() {
    return rmiAddress.getPort();
  }

  /** The ingest protocol over this server's collector. */
  public Ingest ingest() {
    return ingest;
  }

  /** The time, in the zone of the server. */
  public Clock clock() {
    return clock;
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

  /** What collects, and what is being collected. */
  public Collector collector() {
    return collector;
  }

  /** What was collected, from whom, and what happened. */
  public Catalog catalog() {
    return catalog;
  }

  /** What was collected, to be searched. */
  public Library library() {
    return library;
  }

  /** The bytes of what was collected. */
  public Storage storage() {
    return storage;
  }

  /** Within how many days all stored bytes are read again in the background; 0 is never. */
  public int scrubDays() {
    return settings.scrub().days();
  }

  /** What compares catalog and store. */
  public Checks checks() {
    return checks;
  }

  /** Small pictures of what was collected. */
  public Thumbnails thumbnails() {
    return thumbnails;
  }

  /** What the server was told. */
  public Settings settings() {
    return settings;
  }

  /** How XML-RPC is set up. */
  public XmlRpcSettings xmlRpc() {
    return settings.xmlRpc();
  }

  /** Where the RMI registry and its objects are, with the port that is open. */
  public InetSocketAddress rmiAddress() {
    return rmiAddress;
  }

  /** The registry and its objects, with their connections. */
  public RmiExport rmi() {
    return rmi;
  }

  /** Everybody who is connected, but for HTTP. */
  public Sessions sessions() {
    return sessions;
  }

  /**
   * A page of the sessions that are over; fails when the catalog cannot be reached. A session is
   * there a moment after its end.
   */
  public List<PastSession> pastSessions(PastSessionQuery wanted) {
    return catalog.pastSessions(wanted);
  }

  /**
   * Whether this is the token of {@code admin-token} in the data folder, which lets its bearer
   * administer the server until it stops.
   */
  public boolean isAdminToken(String said) {
    return token.matches(said);
  }

  /** The people who may use the console. */
  public Accounts accounts() {
    return accounts;
  }

  /** What they did. */
  public AuditLog audit() {
    return audit;
  }

  /** The server's own keys. */
  public ServerIdentity serverIdentity() {
    return serverIdentity;
  }

  /** Where agents on other computers find the server, as a person types it. */
  public String place() {
    return new Place(rmiAddress, settings.rmi().host()).text();
  }

  /** Which PCs the server knows. */
  public Identities identities() {
    return identities;
  }

  /** What lets the administrator of this machine in with one click, on this node. */
  public OneTimeTickets loginTickets() {
    return loginTickets;
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

  private SessionHistory history() {
    return new CatalogHistory(catalog, settings.session().historyDays(), clock);
  }

  private RmiExport export() {
    try {
      return new RmiExport(
          settings.rmi(),
          settings.collect(),
          collector,
          parityCalls,
          sessions,
          identities,
          serverIdentity.tls());
    } catch (RemoteException e) {
      throw noRmi(e);
    }
  }

  private IllegalStateException noRmi(RemoteException e) {
    return new IllegalStateException(
        "RMI cannot listen on "
            + settings.rmi().bind().getHostAddress()
            + " port "
            + settings.rmi().port()
            + " (acopio.rmi.port): "
            + e.getMessage()
            + "; stop what listens there, or choose another port",
        e);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }
}
