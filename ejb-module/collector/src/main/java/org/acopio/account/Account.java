package org.acopio.account;

import java.time.Instant;
import java.util.Optional;
import org.acopio.catalog.AccountEntry;

/**
 * A person who may use the console, without the password.
 *
 * @param number the catalog's number
 * @param name what the person types
 * @param role what the person may do
 * @param generation one more each time that all logins of this account have to end
 * @param locked whether logging in is refused
 * @param created when the account was made
 * @param changed when it was last changed
 * @param lastLogin when the person last logged in
 */
public record Account(
    long number,
    String name,
    Role role,
    long generation,
    boolean locked,
    Instant created,
    Instant changed,
    Optional<Instant> lastLogin) {

  static Account of(AccountEntry entry) {
    return new Account(
        entry.number(),
        entry.name(),
        // A role that a newer version made must not open more than the least.
        Role.of(entry.role()).orElse(Role.VIEWER),
        entry.generation(),
        entry.locked(),
        entry.created(),
        entry.changed(),
        entry.lastLogin());
  }
}
