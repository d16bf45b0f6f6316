package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A person who may use the console.
 *
 * @param number the catalog's number; 0 while it is not in the catalog
 * @param name what the person types, at most {@value #MOST_OF_NAME} characters, unique
 * @param role what the person may do, at most {@value #MAX_ROLE} characters
 * @param password what proves the password, never the password itself; at most {@value
 *     #MAX_PASSWORD} characters
 * @param generation one more each time that all logins of this account have to end
 * @param locked whether logging in is refused
 * @param created when the account was made
 * @param changed when anything but the last login was last changed
 * @param lastLogin when the person last logged in
 */
public record AccountEntry(
    long number,
    String name,
    String role,
    String password,
    long generation,
    boolean locked,
    Instant created,
    Instant changed,
    Optional<Instant> lastLogin) {
  /** The most characters of a name. */
  public static final int MOST_OF_NAME = 64;

  static final int MAX_ROLE = 32;
  static final int MAX_PASSWORD = 255;

  public AccountEntry {
    DisplayText.requireExact("name", name, MOST_OF_NAME);
    DisplayText.requireExact("role", role, MAX_ROLE);
    DisplayText.requireExact("password", password, MAX_PASSWORD);
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(changed, "changed");
    Objects.requireNonNull(lastLogin, "lastLogin");
  }

  /** The same account with another proof of its password. */
  public AccountEntry withPassword(String proof) {
    return new AccountEntry(
        number, name, role, proof, generation, locked, created, changed, lastLogin);
  }

  /** Leaves out what proves the password. */
  @Override
  public String toString() {
    return "AccountEntry[name=%s, role=%s, locked=%s]".formatted(name, role, locked);
  }
}
