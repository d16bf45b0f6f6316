package org.acopio.catalog;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on PostgreSQL. */
class PostgresClientsTest extends ClientsContract {
  @RegisterExtension static final PostgresServer.Shared SERVER = new PostgresServer.Shared();

  @Override
  CatalogSettings freshDatabase() throws Exception {
    return SERVER.freshDatabase();
  }
}
