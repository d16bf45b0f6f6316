package org.acopio.collect;

import java.nio.file.Path;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.PostgresServer;
import org.acopio.remote.FileCollector;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules without a wire, with the catalog in PostgreSQL. */
class PostgresCollectorTest extends CollectorContract {
  @RegisterExtension static final Database DATABASE = new Database();

  static final class Database implements BeforeAllCallback {
    private PostgresServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
      server = PostgresServer.shared(context);
    }
  }

  @Override
  CatalogSettings catalog(Path folder) throws Exception {
    return DATABASE.server.freshDatabase();
  }

  @Override
  FileCollector connect() {
    return new Direct(server.collector, "192.0.2.17");
  }
}
