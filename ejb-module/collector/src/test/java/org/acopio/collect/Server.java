package org.acopio.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.identity.Identities;
import org.acopio.identity.ServerIdentity;
import org.acopio.parity.ParityCalls;
import org.acopio.rmi.RmiExport;
import org.acopio.rmi.RmiSettings;
import org.acopio.session.SessionHistory;
import org.acopio.session.Sessions;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageSettings;

/** A store with its catalog and its collector in a folder. */
public final class Server implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");

  /** Small limits, so that tests reach them. */
  public static final CollectSettings LIMITS =
      new CollectSettings(4_096, 16_384, 10, 4, Duration.ofMinutes(10), 1_000, 8, 1 << 20, 0);

  final Path folder;
  final CatalogSettings catalogSettings;
  final Storage storage;
  final Catalog catalog;
  public final Collector collector;
  public final Sessions sessions = new Sessions(SessionHistory.NONE);
  public final ServerIdentity identity;
  public final Identities identities;

  public Server(Path folder, CollectSettings limits) {
    this(folder, limits, UnaryOperator.identity());
  }

  /** A server whose store is not quite the disk's. */
  public Server(Path folder, CollectSettings limits, UnaryOperator<Storage> altered) {
    this(folder, limits, altered, ownCatalog(folder));
  }

  /** A catalog in the folder itself. */
  static CatalogSettings ownCatalog(Path folder) {
    return new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "", 4);
  }

  /** A server with a catalog elsewhere. */
  Server(
      Path folder,
      CollectSettings limits,
      UnaryOperator<Storage> altered,
      CatalogSettings catalogSettings) {
    this.folder = folder;
    this.catalogSettings = catalogSettings;
    storage = altered.apply(new DiskStorage(new StorageSettings(store(), 2, 16, 30)));
    catalog = Catalog.open(catalogSettings);
    collector = collector(limits);
    identity = ServerIdentity.open(folder);
    identities = new Identities(identity, catalog, Clock.systemUTC(), (address, deed) -> {});
  }

  /** Another collector over the same store, with other limits. */
  Collector collector(CollectSettings limits) {
    return new Collector(limits, storage, catalog, Clock.fixed(NOW, ZoneOffset.UTC), "1.2.3");
  }

  /** The collector and a parity service in a registry of their own, which is not open yet. */
  public RmiExport export(RmiSettings settings, ParityCalls calls) throws RemoteException {
    return new RmiExport(settings, LIMITS, collector, calls, sessions, identities, identity.tls());
  }

  Path store() {
    return folder.resolve("store");
  }

  Path file(String storedAs) {
    return store().resolve(storedAs);
  }

  /** Every file that has a final name. */
  List<String> files() {
    try (Stream<Path> all = Files.walk(store())) {
      return all.filter(Files::isRegularFile)
          .map(file -> store().relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files of unfinished uploads there are. */
  long workingFiles() {
    try (Stream<Path> all = Files.list(store().resolve(".partial"))) {
      return all.filter(file -> !file.endsWith("journal")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sessions.close();
    collector.close();
    catalog.close();
    storage.close();
  }
}
