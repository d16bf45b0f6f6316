package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.KnownAgent;
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
 * those of {@link FileCollector}, with the address of the caller's connection, which the transport
 * knows and the caller cannot choose. Thread-safe.
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
  private final Completions completions;

  /**
   * A collector over a store and its catalog, which stay the caller's to close. Brings both into
   * order first, and logs what it did.
   *
   * @param version of the server, for people
   */
  public Collector(
      CollectSettings settings, Storage storage, Catalog catalog, Clock clock, String version) {
    this.settings = settings;
    this.storage = storage;
    this.catalog = catalog;
    this.clock = clock;
    this.version = version;
    RepairReport report = storage.repair(numbers -> catalog.committed(numbers).keySet());
    if (!report.nothingToDo()) {
      LOG.log(Level.INFO, "after the last stop: {0}", report);
    }
    tickets = new Tickets(settings.idle());
    committer = new Committer(storage, catalog, clock);
    completions = new Completions(storage, catalog, committer);
    offers = new Offers(settings, storage, catalog, completions);
    blocks = new Blocks(settings, storage);
  }

  /** See {@link FileCollector#describe}. */
  public ServerInfo describe() {
    return new ServerInfo(version, FileCollector.PROTOCOL, storage.id(), clock.instant());
  }

  /** See {@link FileCollector#open}. */
  public Ticket open(String address, Hello hello) throws CollectorException {
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
    tickets.expired().forEach(this::ended);
    if (tickets.count() >= settings.maxCollections()) {
      throw new CollectorException(
          Code.TOO_MANY_COLLECTIONS,
          "the server has "
              + settings.maxCollections()
              + " collections open, its limit (acopio.collect.max-collections); try again later");
    }
    return available(
        () -> {
          OpenCollection collection = begin(address, hello);
          tickets.add(collection);
          LOG.log(Level.INFO, "collection {0} opened by {1}", collection.row, address);
          return ticket(collection);
        });
  }

  private OpenCollection begin(String address, Hello hello) throws CollectorException {
    Instant now = clock.instant();
    Sha256 agentId = Sha256.of(Sha256.start().digest(hello.agentKey()));
    long agent = catalog.agent(agentId, hello.hostName(), hello.agentVersion(), now);
    if (catalog.agents().find(agent).map(KnownAgent::blocked).orElse(false)) {
      throw new CollectorException(
          Code.AGENT_BLOCKED,
          "an administrator of this server has blocked the agent "
              + agentId.toString().substring(0, SHORT_ID)
              + "; only an administrator can let it in again");
    }
    long client = catalog.client(address, now);
    long row = catalog.opened(agent, client, now);
    OpenCollection collection =
        new OpenCollection(
            tickets.fresh(), address, agentId, agent, client, row, now, settings.lanes());
    collection.hostName = hello.hostName();
    return collection;
  }

  private Ticket ticket(OpenCollection collection) {
    return new Ticket(
        collection.ticket,
        storage.id(),
        collection.address,
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
  public List<Verdict> offer(String address, String ticket, List<FileOffer> files)
      throws CollectorException {
    return inLane(address, ticket, files.size(), collection -> offers.answer(collection, files));
  }

  /** See {@link FileCollector#write}. */
  public List<BlockReply> write(String address, String ticket, List<Block> sent)
      throws CollectorException {
    return inLane(address, ticket, sent.size(), collection -> blocks.write(collection, sent));
  }

  /** See {@link FileCollector#finish}. */
  public List<Completion> finish(String address, String ticket, List<FileDigest> files)
      throws CollectorException {
    return inLane(
        address, ticket, files.size(), collection -> completions.finish(collection, files));
  }

  /** See {@link FileCollector#close}. */
  public CollectionSummary close(String address, String ticket) throws CollectorException {
    OpenCollection collection = tickets.use(address, ticket);
    tickets.remove(collection);
    return ended(collection);
  }

  /** See {@link FileCollector#list}. */
  public List<StoredFile> list(String address, String ticket, long after, int limit)
      throws CollectorException {
    return inLane(
        address,
        ticket,
        limit,
        collection -> catalog.list(collection.agent, after, Math.max(1, limit)));
  }

  /** See {@link FileCollector#read}. */
  public byte[] read(String address, String ticket, long file, long offset, int length)
      throws CollectorException {
    if (length < 1 || length > settings.blockBytes() || offset < 0) {
      throw new CollectorException(
          Code.TOO_MUCH,
          "a read of "
              + length
              + " bytes at offset "
              + offset
              + " was asked for; it takes 1 to "
              + settings.blockBytes()
              + " bytes at 0 or more");
    }
    return inLane(
        address,
        ticket,
        1,
        collection -> {
          Optional<StoredFile> found = catalog.file(collection.agent, file);
          String name =
              found
                  .map(stored -> stored.receipt().storedAs())
                  .orElseThrow(
                      () ->
                          new CollectorException(
                              Code.NO_SUCH_FILE,
                              "this agent has no file "
                                  + file
                                  + " in the store; list() names those it has"));
          return storage.read(name, offset, length);
        });
  }

  /**
   * Lets an agent collect or not, from now on; its collections that are open end. False when the
   * catalog knows no agent of this number; fails when the catalog cannot be reached.
   */
  public boolean block(long agent, boolean blocked) {
    boolean known = catalog.agents().block(agent, blocked);
    if (blocked) {
      tickets.takeOf(agent).forEach(this::ended);
    }
    return known;
  }

  /** Ends what is open. Uploads that have no receipt can go on after the next start. */
  @Override
  public void close() {
    tickets.drain().forEach(this::ended);
    try {
      committer.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CollectionSummary ended(OpenCollection collection) {
    Instant now = clock.instant();
    CollectionSummary summary = collection.summary(now);
    try {
      catalog.closed(collection.row, now, summary);
    } catch (CatalogException e) {
      LOG.log(
          Level.WARNING, "the end of collection {0} is not in the catalog: {1}", collection.row, e);
    }
    LOG.log(
        Level.INFO,
        "collection {0} of {1} ended: {2}",
        collection.row,
        collection.address,
        summary);
    return summary;
  }

  /** What is done with an open collection. */
  private interface Call<T> {
    T on(OpenCollection collection) throws CollectorException, InterruptedException;
  }

  private <T> T inLane(String address, String ticket, int items, Call<T> call)
      throws CollectorException {
    OpenCollection collection = tickets.use(address, ticket);
    if (items > settings.batchItems()) {
      throw new CollectorException(
          Code.TOO_MUCH,
          items + " items are in one batch; the ticket allows " + settings.batchItems());
    }
    return available(
        () -> {
          collection.lanes.acquire();
          try {
            return call.on(collection);
          } finally {
            collection.lanes.release();
            collection.touch();
          }
        });
  }

  /** Work that fails as a whole when the catalog or the disk does. */
  private interface Work<T> {
    T run() throws CollectorException, InterruptedException;
  }

  private static <T> T available(Work<T> work) throws CollectorException {
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
