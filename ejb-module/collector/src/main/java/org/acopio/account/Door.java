package org.acopio.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.acopio.account.Attempts.Attempt;
import org.acopio.account.Attempts.Begun;
import org.acopio.catalog.AccountEntry;
import org.acopio.catalog.AccountTable;
import org.acopio.catalog.CatalogException;

/**
 * Looks at passwords: as long for a name that nobody has as for a wrong password, few at a time,
 * and ever more slowly when they are wrong. While the catalog is away, whoever logged in since the
 * start can do so again, as the account was last seen. Thread-safe.
 */
final class Door {
  /** Checking a password takes a processor; the others are for the work. */
  private static final int AT_ONCE = 2;

  private static final int PATIENCE_SECONDS = 5;
  private static final Logger LOG = System.getLogger(Door.class.getName());

  private final AccountTable table;
  private final CurrentAccounts current;
  private final PasswordHash hash;
  private final Clock clock;
  private final Attempts attempts;
  private final RecentProofs recent;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final String decoy;

  /** Those who logged in, so never many more than there are accounts. */
  private final Map<String, AccountEntry> welcomed = new ConcurrentHashMap<>();

  Door(
      AccountTable table,
      CurrentAccounts current,
      PasswordHash hash,
      Clock clock,
      Clock steady,
      SecureRandom random) {
    this.table = table;
    this.current = current;
    this.hash = hash;
    this.clock = clock;
    attempts = new Attempts(steady);
    recent = new RecentProofs(steady, random);
    decoy = hash.decoy(random);
  }

  Login again(String name, String password, String address) {
    return recent
        .find(name, password)
        .flatMap(
            proof ->
                current
                    .find(proof.name())
                    .filter(account -> account.number() == proof.number())
                    .filter(account -> account.generation() == proof.generation())
                    .filter(account -> !account.locked()))
        .<Login>map(Login.Welcome::new)
        .orElseGet(
            () -> {
              Login login = knock(name, password, address);
              if (login instanceof Login.Welcome welcome) {
                recent.add(welcome.account(), password);
              }
              return login;
            });
  }

  Login knock(String name, String password, String address) {
    Begun begun = attempts.begin(name, address);
    if (!begun.left().isZero()) {
      return new Login.Wait(begun.left());
    }
    Attempt attempt = begun.attempt();
    boolean inside = false;
    Login login = new Login.Busy();
    try {
      inside = places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (inside) {
        login = look(name, password);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (inside) {
        places.release();
      }
      settle(attempt, login);
    }
    return login;
  }

  private static void settle(Attempt attempt, Login login) {
    if (login instanceof Login.Busy) {
      attempt.undo();
    } else if (!(login instanceof Login.Wrong)) {
      attempt.succeeded();
    }
  }

  private Login look(String name, String password) {
    Optional<AccountEntry> found = Accounts.isName(name) ? find(name) : Optional.empty();
    String typed = password.length() > PasswordRules.MOST ? "" : password;
    boolean right = hash.matches(typed, found.map(AccountEntry::password).orElse(decoy));
    if (found.isEmpty() || !right) {
      return new Login.Wrong();
    }
    AccountEntry entry = found.get();
    if (entry.locked()) {
      return new Login.Locked();
    }
    return new Login.Welcome(welcomed(entry, password));
  }

  /** An account that was changed since it was last welcomed has another generation. */
  private Optional<AccountEntry> find(String name) {
    try {
      return table.find(name);
    } catch (CatalogException e) {
      AccountEntry last = welcomed.get(name);
      if (last == null || !e.retryable()) {
        throw e;
      }
      return Optional.of(last)
          .filter(
              entry ->
                  current
                      .find(name)
                      .filter(account -> account.number() == entry.number())
                      .filter(account -> account.generation() == entry.generation())
                      .isPresent());
    }
  }

  private Account welcomed(AccountEntry entry, String password) {
    try {
      note(entry, password);
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "{0} logged in, which is not noted: {1}", entry, e.getMessage());
    }
    if (welcomed.size() >= 2 * Accounts.MOST) {
      welcomed.clear();
    }
    welcomed.put(entry.name(), entry);
    return Account.of(entry);
  }

  private void note(AccountEntry entry, String password) {
    if (hash.isOld(entry.password())) {
      String kept = hash.of(password);
      table.change(
          entry.name(),
          each -> each.generation() == entry.generation() ? each.withPassword(kept) : each,
          all -> true);
    }
    table.loggedIn(entry.number(), clock.instant());
  }

  /** Forgets the failures of a name, whose password is another now. */
  void forget(String name) {
    attempts.forget(name);
  }
}
