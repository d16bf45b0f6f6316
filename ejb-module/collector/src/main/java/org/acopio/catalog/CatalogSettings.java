package org.acopio.catalog;

import java.util.Objects;

/**
 * Where the catalog is.
 *
 * @param url JDBC address; {@code jdbc:h2:file:…} keeps the catalog in a file beside the store,
 *     {@code jdbc:postgresql:…} on a server that several nodes share
 * @param user the database's user; for a new H2 file the one that will own it
 * @param password that user's password; may be empty
 * @param connections the most connections that are open at once, {@value #MIN_CONNECTIONS} to
 *     {@value #MAX_CONNECTIONS}
 */
public record CatalogSettings(String url, String user, String password, int connections) {
  static final int MIN_CONNECTIONS = 1;
  static final int MAX_CONNECTIONS = 200;

  public CatalogSettings {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Database.of(url);
    if (connections < MIN_CONNECTIONS || connections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException(
          "acopio.catalog.connections is %d; it is %d to %d"
              .formatted(connections, MIN_CONNECTIONS, MAX_CONNECTIONS));
    }
  }

  /** The address for people and logs, without a password that may be written in it. */
  String shownUrl() {
    return Database.withoutPassword(url);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "CatalogSettings[url=%s, user=%s, connections=%d]"
        .formatted(shownUrl(), user, connections);
  }
}
