package org.acopio.collect;

import java.nio.file.Path;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.PostgresServer;
import org.acopio.remote.FileCollector;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules without a wire, with the catalog in PostgreSQL. */
class PostgresCollectorTest extends CollectorContract {
  @RegisterExtension static final PostgresServer.Shared SERVER = new PostgresServer.Shared();

  @Override
  CatalogSettings catalog(Path folder) throws Exception {
    return SERVER.freshDatabase();
  }

  @Override
  FileCollector connect() {
    return new Direct(server.collector, "192.0.2.17");
  }
}
