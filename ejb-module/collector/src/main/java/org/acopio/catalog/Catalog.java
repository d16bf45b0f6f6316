package org.acopio.catalog;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/**
 * What the server knows of agents, addresses, collections and files. Nothing that it knows of a
 * file is ever changed or forgotten. Beside that it keeps what remains of past sessions, for a
 * time.
 *
 * <p>Safe for use by many threads, and by many nodes on one PostgreSQL database. Every method is
 * one transaction. What a method says of a file is on disk when it says so: it survives a power
 * cut.
 *
 * <p>Every method throws {@link CatalogException}; while the database is away, within a few seconds
 * and retryable. When it is back the next call works.
 */
public final class Catalog implements AutoCloseable {
  private final HikariDataSource pool;
  private final EntityManagerFactory factory;
  private final Transactions transactions;
  final Durability durability;
  private final Database database;
  private final AllFiles allFiles;
  private final FolderTrees folderTrees;
  private final Optional<CatalogFile> file;

  private Catalog(CatalogSettings settings, HikariDataSource pool, EntityManagerFactory factory) {
    this.pool = pool;
    this.factory = factory;
    database = Database.of(settings.url());
    transactions = new Transactions(factory, pool, server(pool), settings.shownUrl());
    durability = new Durability(openings(pool), pool, transactions);
    allFiles = new AllFiles(transactions, durability);
    folderTrees = new FolderTrees(transactions::run, Runtime.getRuntime().maxMemory() / 16);
    file = file(settings);
  }

  private Optional<DataSource> server(HikariDataSource of) {
    return database == Database.POSTGRESQL ? Optional.of(of.getDataSource()) : Optional.empty();
  }

  private static Optional<CatalogFile> file(CatalogSettings settings) {
    return CatalogFile.of(settings, Clock.systemUTC());
  }

  /**
   * The catalog at the address of {@code settings}, made or brought to this version's schema when
   * it is not there yet. A catalog that a newer version has changed is refused. An H2 file that is
   * damaged is made anew from what is in it, when nothing of that is lost.
   */
  public static Catalog open(CatalogSettings settings) {
    try {
      return openAsItIs(settings);
    } catch (CatalogException e) {
      if (!Failures.isDamage(e)) {
        throw e;
      }
      file(settings).orElseThrow(() -> e).rebuild(e);
      return openAsItIs(settings);
    }
  }

  private static Catalog openAsItIs(CatalogSettings settings) {
    Opening opening = new Opening(settings);
    HikariDataSource pool = opening.pool();
    try {
      opening.migrate();
      file(settings).ifPresent(CatalogFile::makeNameDurable);
      Catalog catalog = new Catalog(settings, pool, opening.entities(pool));
      // A schema that was just made is on disk before anything rests on it.
      catalog.onDisk("keep its tables", entities -> true);
      return catalog;
    } catch (RuntimeException e) {
      pool.close();
      throw opening.failure(e);
    }
  }

  private static Optional<Durability.Openings> openings(HikariDataSource pool) {
    return pool.getDataSource() instanceof H2Connections file
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * The number of the agent with this id, which is new or seen again. Like that of an address and
   * of a collection it is on disk when this returns: else H2 could forget the row, give the number
   * to somebody else, and refuse the files that come under it, or take them for the other's.
   *
   * @param id digest of the agent's key
   * @param hostName what its PC calls itself, for people; control characters are replaced
   * @param version its own version, for people
   */
  public long agent(Sha256 id, String hostName, String version, Instant seenAt) {
    return onDisk(
        "register an agent",
        entities -> {
          AgentRow agent =
              entities
                  .createQuery("select a from AgentRow a where a.id = :id", AgentRow.class)
                  .setParameter("id", id.bytes())
                  .getResultStream()
                  .findFirst()
                  .orElseGet(() -> added(entities, new AgentRow(id, seenAt)));
          agent.seen(hostName, version, seenAt);
          return agent.number();
        });
  }

  /**
   * The number of the address, which is new or seen again.
   *
   * @param address an IP address as text, at most {@value ClientRow#MAX_ADDRESS} characters
   */
  public long client(String address, Instant seenAt) {
    DisplayText.requireExact("address", address, ClientRow.MAX_ADDRESS);
    return onDisk(
        "register an address",
        entities -> {
          ClientRow client =
              entities
                  .createQuery("select c from ClientRow c where c.address = :a", ClientRow.class)
                  .setParameter("a", address)
                  .getResultStream()
                  .findFirst()
                  .orElseGet(() -> added(entities, new ClientRow(address, seenAt)));
          client.seen(seenAt);
          return client.number();
        });
  }

  /** The number of a new collection. */
  public long opened(long agent, long client, Instant openedAt) {
    return onDisk(
        "open a collection",
        entities -> {
          new VisitRows(entities).opened(agent, client, openedAt);
          return added(entities, new CollectionRow(agent, client, openedAt)).number();
        });
  }

  /** Writes down how a collection ended. The last word counts when there are several. */
  public void closed(long collection, Instant closedAt, CollectionSummary summary) {
    transactions.run(
        "close collection " + collection,
        entities -> {
          CollectionRow row = entities.find(CollectionRow.class, collection);
          if (row == null) {
            throw new CatalogException("there is no collection " + collection, null, false);
          }
          row.closed(closedAt, summary);
          return row;
        });
  }

  /** The newest version of each of these paths of which this agent has delivered one. */
  public Map<FilePath, StoredFile> latest(long agent, Collection<FilePath> paths) {
    return ask("look for paths", lookups -> lookups.latest(agent, paths));
  }

  /** For each of these contents that this agent has delivered, the newest file that has it. */
  public Map<Sha256, StoredFile> delivered(long agent, Collection<Sha256> digests) {
    return ask("look for contents", lookups -> lookups.delivered(agent, digests));
  }

  /**
   * Where each of these contents lies, whoever delivered it: places relative to the store's folder,
   * newest first, at most three for each.
   */
  public Map<Sha256, List<String>> places(Collection<Sha256> digests) {
    return ask("look for places", lookups -> lookups.places(digests));
  }

  /**
   * Adds all these files or none, and returns them in the same order. A file's version is one more
   * than the newest of its agent and path, in the catalog and before it in the list. An upload that
   * is committed already, or comes twice in the list, is returned as it was the first time, so that
   * a commit whose answer was lost may be repeated.
   */
  public List<StoredFile> commit(List<NewFile> files) {
    List<NewFile> all = List.copyOf(files);
    if (all.isEmpty()) {
      return List.of();
    }
    return durability.committing(
        () ->
            transactions.run(
                "commit " + all.size() + " files",
                entities -> new Commits(entities, database).commit(all)));
  }

  /**
   * Those of these files, by upload, that were committed after all by a {@link #commit} that
   * failed: the connection may have gone before its answer came. What that left under way in the
   * database is waited for, so that what is missing here will not come.
   */
  public Map<Long, StoredFile> settled(List<NewFile> files) {
    List<NewFile> all = List.copyOf(files);
    return durability.reading(
        () ->
            transactions.run(
                "say how the commit of " + all.size() + " files ended",
                entities -> new Commits(entities, database).settled(all)));
  }

  /** Those of these uploads that are committed. */
  public Map<Long, StoredFile> committed(Collection<Long> uploads) {
    return ask("look for uploads", lookups -> lookups.committed(uploads));
  }

  /**
   * A page of an agent's files, all versions, ascending by number.
   *
   * @param after the last number of the page before, or 0
   * @param limit the most files to return, at least 1
   */
  public List<StoredFile> list(long agent, long after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least 1 file, not " + limit);
    }
    return ask("list files", lookups -> lookups.list(agent, after, limit));
  }

  /** The file with this number, when it is this agent's. */
  public Optional<StoredFile> file(long agent, long number) {
    return ask("look for a file", lookups -> lookups.file(agent, number));
  }

  /** The files of all agents, for those who look at everything. */
  public AllFiles allFiles() {
    return allFiles;
  }

  /** The rows of files for those who compare them with the store, and what these found. */
  public FileChecks checks() {
    return new FileChecks(transactions, durability);
  }

  /** Those of these numbers that are files, whoever delivered them, ascending by number. */
  public List<StoredFile> files(Collection<Long> numbers) {
    return ask("look for files", lookups -> lookups.files(numbers));
  }

  /**
   * Adds these past sessions, all or none. Unlike what is said of files, this may be lost when the
   * power goes within the next moments: history is not worth a wait for the disk.
   */
  public void addPastSessions(List<PastSession> sessions) {
    List<PastSession> all = List.copyOf(sessions);
    if (!all.isEmpty()) {
      transactions.run(
          "write down " + all.size() + " sessions",
          entities -> {
            new SessionRows(entities).insert(all);
            return all;
          });
    }
  }

  /** A page of past sessions. */
  public List<PastSession> pastSessions(PastSessionQuery wanted) {
    return transactions.run(
        "list past sessions", entities -> new SessionRows(entities).page(wanted));
  }

  /** Forgets past sessions that ended before {@code cutoff}; returns how many those were. */
  public long forgetSessions(Instant cutoff) {
    long forgotten = 0;
    int some;
    do {
      some =
          transactions.run(
              "forget past sessions",
              entities -> new SessionRows(entities).deleteEndedBefore(cutoff));
      forgotten += some;
    } while (some == SessionRows.DELETED_AT_ONCE);
    return forgotten;
  }

  /** Who may use the console. */
  public AccountTable accounts() {
    return new AccountTable(asked(), this::onDisk);
  }

  /** What was done in the console. */
  public AuditTable audit() {
    return new AuditTable(transactions);
  }

  /** The days on which a server ran, and which time that makes trusted. */
  public RunningDays runningDays() {
    return new RunningDays(asked());
  }

  /**
   * When to forget what is kept for a time only.
   *
   * @param what is kept, for the log
   * @param days after how many days it is forgotten; 0 is never
   */
  public Retention retention(String what, int days) {
    return new Retention(runningDays(), what, days);
  }

  /** Agents, for those who administer them. */
  public AgentTable agents() {
    return new AgentTable(asked(), this::onDisk);
  }

  /** Codes by which PCs are invited. */
  public EnrolmentCodeTable enrolmentCodes() {
    return new EnrolmentCodeTable(this::durably, this::onDisk);
  }

  /** Keys of PCs that the authority has certified. */
  public IdentityTable identities() {
    return new IdentityTable(this::durably, this::onDisk);
  }

  /**
   * What was stored since then, by media type; reads the rows of that time.
   *
   * @param start rounded down to a whole second
   */
  public Map<String, Totals> storedSince(Instant start) {
    return ask("count what arrived", lookups -> lookups.storedSince(start));
  }

  /** Does nothing but ask whether the database answers. */
  public void check() {
    transactions.run(
        "answer", entities -> entities.createNativeQuery("select 1").getSingleResult());
  }

  /** Who has collected, and what they have in the store. */
  public Clients clients() {
    return new Clients(asked(), folderTrees);
  }

  /** Questions of this package that need no durable answer. */
  Asked asked() {
    return transactions::run;
  }

  /** What agents said they have, against what is proven. */
  public Claims claims() {
    return new Claims(this::durably);
  }

  /**
   * The names of damaged H2 files that lie beside the catalog, the oldest first: each time that it
   * was made anew leaves one, until a person deletes it.
   */
  public List<String> keptDamaged() {
    return file.map(CatalogFile::kept).orElse(List.of());
  }

  /** Counts everything; reads every row. */
  public Totals totals() {
    return ask("count files", Lookups::totals);
  }

  /** Closes all connections, and an H2 file with the last of them. Repeating it is harmless. */
  @Override
  public void close() {
    if (factory.isOpen()) {
      factory.close();
    }
    pool.close();
  }

  private <T> T ask(String purpose, Function<Lookups, T> question) {
    return durably(purpose, entities -> question.apply(new Lookups(entities)));
  }

  private <T> T durably(String purpose, Function<EntityManager, T> question) {
    return durability.reading(() -> transactions.run(purpose, question));
  }

  private <T> T onDisk(String purpose, Function<EntityManager, T> change) {
    return durability.committing(() -> transactions.run(purpose, change));
  }

  private static <T> T added(EntityManager entities, T row) {
    entities.persist(row);
    return row;
  }
}
