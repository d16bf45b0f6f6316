package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.acopio.catalog.AgentAccess;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.Claim.Ending;
import org.acopio.collect.OpenCollection.Owner;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;
import org.acopio.storage.RepairReport;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageException;

/**
 * Collects files: the one place that knows the rules, whatever the transport. Its operations are
 * those of {@link FileCollector}, with the caller's connection, which the transport knows and the
 * caller cannot choose. Thread-safe.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Collector.class.getName());

  /** Characters of an agent's id that people are shown. */
  private static final int SHORT_ID = 12;

  private final CollectSettings settings;
  private final Storage storage;
  private final Catalog catalog;
  private final Clock clock;
  private final String version;
  private final Tickets tickets;
  private final Committer committer;
  private final Offers offers;
  private final Blocks blocks;
  private final Chronicle chronicle;
  private final Pulse pulse;
  private final Progress progress;
  private final Completions completions;
  private final Reading reading;
  private final Unproven unproven;
  private final CallTimes times = new CallTimes();

  /**
   * A collector over a store and its catalog, which stay the caller's to close. Brings both into
   * order first, and logs what it did.
   *
   * @param version of the server, for people
   */
  public Collector(
      CollectSettings settings, Storage storage, Catalog catalog, Clock clock, String version) {
    this(settings, storage, catalog, clock, version, System::nanoTime);
    pulse.start(this::endExpired);
  }

  /** The same, by another monotonic clock, and it does not look at itself. */
  Collector(
      CollectSettings settings,
      Storage storage,
      Catalog catalog,
      Clock clock,
      String version,
      LongSupplier nanos) {
    this.settings = settings;
    this.storage = storage;
    this.catalog = catalog;
    this.clock = clock;
    this.version = version;
    RepairReport report =
        storage.repair(numbers -> catalog.committed(numbers).keySet(), trustedTime());
    if (!report.nothingToDo()) {
      LOG.log(Level.INFO, "after the last stop: {0}", report);
    }
    tickets = new Tickets(settings.idle());
    chronicle = new Chronicle(new Today(catalog, clock), clock, nanos);
    Doubts doubts = new Doubts(storage, catalog, chronicle);
    committer = new Committer(storage, catalog, chronicle, doubts);
    completions = new Completions(storage, catalog, committer, doubts, chronicle);
    offers =
        new Offers(
            settings, storage, catalog, completions, doubts, chronicle, tickets::missingBytes);
    reading = new Reading(settings.blockBytes(), storage, catalog);
    blocks = new Blocks(settings, storage, chronicle);
    pulse = new Pulse(tickets, chronicle, storage, catalog, settings.reserveBytes());
    progress = new Progress(tickets, chronicle, pulse);
    unproven = new Unproven(storage, catalog);
  }

  /** None while the catalog is away: then no upload is given up before the next start. */
  private Optional<Instant> trustedTime() {
    try {
      return catalog.runningDays().trusted(clock.instant());
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "unfinished files of any age are kept: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  /** What is being collected, for those who look on. */
  public Progress progress() {
    return progress;
  }

  /** How long the calls of the transports took. */
  public CallTimes times() {
    return times;
  }

  /** See {@link FileCollector#describe}. */
  public ServerInfo describe() {
    return new ServerInfo(version, FileCollector.PROTOCOL, storage.id(), clock.instant());
  }

  /** See {@link FileCollector#open}. */
  public Ticket open(Peer caller, Hello hello) throws CollectorException {
    return timed(Operation.OPEN, caller, () -> opened(caller, hello));
  }

  private Ticket opened(Peer caller, Hello hello) throws CollectorException {
    if (hello.protocol() != FileCollector.PROTOCOL) {
      throw new CollectorException(
          Code.VERSION_MISMATCH,
          "the agent speaks version "
              + hello.protocol()
              + " of the protocol and this server (Acopio "
              + version
              + ") version "
              + FileCollector.PROTOCOL
              + "; install the agent that came with the server");
    }
    endExpired();
    if (tickets.count() >= settings.maxCollections()) {
      String detail =
          "the server has "
              + settings.maxCollections()
              + " collections open, its limit (acopio.collect.max-collections); try again later";
      chronicle.notOpened(caller, hello.hostName(), detail);
      throw new CollectorException(Code.TOO_MANY_COLLECTIONS, detail);
    }
    return available(
        () -> {
          OpenCollection collection = begin(caller, hello);
          tickets.add(collection);
          chronicle.opened();
          LOG.log(Level.INFO, "collection {0} opened by {1}", collection.row, caller.address());
          return ticket(collection);
        });
  }

  /** Takes down what has come, as is done every second. */
  void count() {
    pulse.count();
  }

  /** Ends the collections that nobody used for too long, as is done now and then. */
  void endExpired() {
    for (OpenCollection collection : tickets.expired()) {
      chronicle.expired(collection);
      ended(collection, Ending.EXPIRED);
    }
  }

  private OpenCollection begin(Peer caller, Hello hello) throws CollectorException {
    Instant now = clock.instant();
    Sha256 agentId = Sha256.of(Sha256.start().digest(hello.agentKey()));
    if (caller.agent().map(certified -> !certified.equals(agentId)).orElse(false)) {
      throw new CollectorException(
          Code.NOT_ENROLLED,
          "the certificate of this connection is not that of the agent "
              + agentId.toString().substring(0, SHORT_ID)
              + "; enrol this PC with 'acopio enrol CODE'");
    }
    long agent = catalog.agent(agentId, hello.hostName(), hello.agentVersion(), now);
    if (catalog.agents().find(agent).map(AgentAccess::blocked).orElse(false)) {
      throw new CollectorException(
          Code.AGENT_BLOCKED,
          "an administrator of this server has blocked the agent "
              + agentId.toString().substring(0, SHORT_ID)
              + "; only an administrator can let it in again");
    }
    long client = catalog.client(caller.address(), now);
    // An agent that lost its connection goes on in another collection, whose words are the later.
    tickets.of(agent).forEach(unproven::settle);
    long row = catalog.opened(agent, client, now);
    return new OpenCollection(
        tickets.fresh(),
        new Owner(caller, hello.hostName()),
        agentId,
        agent,
        client,
        row,
        now,
        settings.lanes(),
        chronicle.nanos);
  }

  private Ticket ticket(OpenCollection collection) {
    return new Ticket(
        collection.ticket,
        storage.id(),
        collection.address(),
        settings.blockBytes(),
        settings.sendBytes(),
        settings.batchItems(),
        settings.lanes(),
        settings.idle());
  }

  /**
   * What the PC calls itself that has this ticket, as it said; empty when the ticket is not open.
   */
  public String hostName(String ticket) {
    return tickets.hostName(ticket);
  }

  /** See {@link FileCollector#offer}. */
  public List<Verdict> offer(Peer caller, String ticket, List<FileOffer> files)
      throws CollectorException {
    return inLane(
        caller,
        ticket,
        Operation.OFFER,
        files.size(),
        collection -> {
          List<Verdict> verdicts = offers.answer(collection, files);
          collection.claims.offered(files, verdicts, clock.instant());
          if (collection.claims.crowded()) {
            unproven.settle(collection);
          }
          return verdicts;
        });
  }

  /** See {@link FileCollector#write}. */
  public List<BlockReply> write(Peer caller, String ticket, List<Block> sent)
      throws CollectorException {
    return inLane(
        caller,
        ticket,
        Operation.WRITE,
        sent.size(),
        collection -> blocks.write(collection, caller.port(), sent));
  }

  /** See {@link FileCollector#finish}. */
  public List<Completion> finish(Peer caller, String ticket, List<FileDigest> files)
      throws CollectorException {
    return inLane(
        caller,
        ticket,
        Operation.FINISH,
        files.size(),
        collection -> {
          List<Completion> answers = completions.finish(collection, files);
          collection.claims.finished(files, answers);
          return answers;
        });
  }

  /** See {@link FileCollector#close}. */
  public CollectionSummary close(Peer caller, String ticket) throws CollectorException {
    return timed(
        Operation.CLOSE,
        caller,
        () -> {
          OpenCollection collection = tickets.use(caller, ticket);
          tickets.remove(collection);
          return ended(collection, Ending.CLOSED);
        });
  }

  /** See {@link FileCollector#list}. */
  public List<StoredFile> list(Peer caller, String ticket, long after, int limit)
      throws CollectorException {
    return inLane(
        caller,
        ticket,
        Operation.LIST,
        limit,
        collection -> reading.list(collection, after, limit));
  }

  /** See {@link FileCollector#read}. */
  public byte[] read(Peer caller, String ticket, long file, long offset, int length)
      throws CollectorException {
    return inLane(
        caller,
        ticket,
        Operation.READ,
        1,
        collection -> reading.read(collection, file, offset, length));
  }

  /**
   * Lets an agent collect or not, from now on; its collections that are open end. False when the
   * catalog knows no agent of this number; fails when the catalog cannot be reached.
   */
  public boolean block(long agent, boolean blocked) {
    boolean known = catalog.agents().block(agent, blocked);
    if (blocked) {
      tickets.takeOf(agent).forEach(collection -> ended(collection, Ending.STOPPED));
    }
    return known;
  }

  /** Ends what an agent opened with its certificate, which holds no more. */
  public void endCertified(Sha256 agent) {
    tickets.takeCertified(agent).forEach(collection -> ended(collection, Ending.STOPPED));
  }

  /** Ends what is open. Uploads that have no receipt can go on after the next start. */
  @Override
  public void close() {
    pulse.close();
    List<OpenCollection> left = tickets.drain();
    try {
      committer.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Only now, so that what is being committed is known to be proven.
    left.forEach(collection -> ended(collection, Ending.STOPPED));
  }

  private CollectionSummary ended(OpenCollection collection, Ending ending) {
    Instant now = clock.instant();
    CollectionSummary summary = collection.summary(now);
    try {
      catalog.closed(collection.row, now, summary);
      unproven.end(collection, ending);
    } catch (CatalogException e) {
      LOG.log(
          Level.WARNING, "the end of collection {0} is not in the catalog: {1}", collection.row, e);
    }
    LOG.log(
        Level.INFO,
        "collection {0} of {1} ended: {2}",
        collection.row,
        collection.address(),
        summary);
    return summary;
  }

  /** What is done with an open collection. */
  private interface Call<T> {
    T on(OpenCollection collection) throws CollectorException, InterruptedException;
  }

  /** What a transport asked. */
  private interface Asked<T> {
    T answer() throws CollectorException;
  }

  private <T> T timed(Operation operation, Peer caller, Asked<T> call) throws CollectorException {
    long begun = chronicle.nanos.getAsLong();
    try {
      return call.answer();
    } finally {
      times.of(operation, caller.transport()).add(chronicle.nanos.getAsLong() - begun);
    }
  }

  private <T> T inLane(Peer caller, String ticket, Operation work, int items, Call<T> call)
      throws CollectorException {
    return timed(work, caller, () -> inItsLane(caller, ticket, work, items, call));
  }

  private <T> T inItsLane(Peer caller, String ticket, Operation work, int items, Call<T> call)
      throws CollectorException {
    OpenCollection collection = tickets.use(caller, ticket);
    if (items > settings.batchItems()) {
      throw new CollectorException(
          Code.TOO_MUCH,
          items + " items are in one batch; the ticket allows " + settings.batchItems());
    }
    try {
      return available(
          () -> {
            collection.lanes.acquire();
            collection.activity.begin(work);
            try {
              return call.on(collection);
            } finally {
              collection.activity.end(work);
              collection.lanes.release();
              collection.touch();
            }
          });
    } catch (CollectorException e) {
      if (e.code() == Code.UNAVAILABLE) {
        chronicle.unavailable(collection, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Work that fails as a whole when the catalog or the disk does. */
  private interface Attempt<T> {
    T run() throws CollectorException, InterruptedException;
  }

  private static <T> T available(Attempt<T> work) throws CollectorException {
    try {
      return work.run();
    } catch (CatalogException | StorageException e) {
      LOG.log(Level.WARNING, "a call failed", e);
      throw new CollectorException(
          Code.UNAVAILABLE,
          "the server cannot store now (" + e.getMessage() + "); try again later");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollectorException(Code.STOPPING, "the server is stopping; try again later");
    }
  }
}
