package org.acopio.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.acopio.catalog.AccountTable;
import org.acopio.catalog.CatalogException;

/**
 * Accounts as they were a moment ago: every request asks. While the catalog is away an account
 * stays as it was last seen, so that people can look at what is wrong. Thread-safe.
 */
final class CurrentAccounts {
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Those who are asked for have logged in, so there are never many more than accounts. */
  private static final int MOST = 2 * Accounts.MOST;

  private record Seen(Optional<Account> account, Instant at) {}

  private final AccountTable table;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  CurrentAccounts(AccountTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  Optional<Account> find(String name) {
    Instant now = clock.instant();
    Seen known = seen.get(name);
    if (known != null && known.at.plus(FRESH).isAfter(now)) {
      return known.account;
    }
    try {
      Optional<Account> account = table.find(name).map(Account::of);
      if (seen.size() >= MOST) {
        seen.clear();
      }
      seen.put(name, new Seen(account, now));
      return account;
    } catch (CatalogException e) {
      if (known == null || !e.retryable()) {
        throw e;
      }
      return known.account;
    }
  }

  /** Makes the next question ask the catalog. */
  void clear() {
    seen.clear();
  }
}
