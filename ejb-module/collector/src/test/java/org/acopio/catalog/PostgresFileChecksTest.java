package org.acopio.catalog;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on PostgreSQL. */
class PostgresFileChecksTest extends FileChecksContract {
  @RegisterExtension static final Server SERVER = new Server();

  static final class Server implements BeforeAllCallback {
    private PostgresServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
      server = PostgresServer.shared(context);
    }
  }

  @Override
  CatalogSettings freshDatabase() throws Exception {
    return SERVER.server.freshDatabase();
  }
}
