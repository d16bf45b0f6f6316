package org.acopio.catalog;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The library of a catalog in PostgreSQL. */
class PostgresLibraryTest extends LibraryContract {
  @RegisterExtension static final PostgresServer.Shared SERVER = new PostgresServer.Shared();

  @Override
  CatalogSettings freshDatabase() throws Exception {
    return SERVER.freshDatabase();
  }
}
