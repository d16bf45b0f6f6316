package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's table of accounts. Thread-safe, and safe for several nodes; every method is one
 * transaction and throws {@link CatalogException} as those of {@link Catalog} do.
 */
public final class AccountTable {
  private static final String SELECT =
      """
      select number, name, role, password, generation, locked, created_seconds, created_nanos, \
      changed_seconds, changed_nanos, login_seconds, login_nanos from account""";

  private static final String ALL = SELECT + " order by name";

  /** In the order of the key, so that two that lock the rows cannot wait for each other. */
  private static final String ALL_LOCKED = SELECT + " order by number for update";

  private static final String BY_NAME = SELECT + " where name = ?1";

  private static final String INSERT =
      """
      insert into account (name, role, password, generation, locked, created_seconds, created_nanos, \
      changed_seconds, changed_nanos) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)""";

  private static final String UPDATE =
      """
      update account set role = ?2, password = ?3, generation = ?4, locked = ?5, \
      changed_seconds = ?6, changed_nanos = ?7 where number = ?1""";

  private static final String LOGIN =
      "update account set login_seconds = ?2, login_nanos = ?3 where number = ?1";

  private static final String DELETE = "delete from account where number = ?1";

  /** What became of a change. */
  public enum Outcome {
    DONE,
    /** There is no account of this name. */
    UNKNOWN,
    /** The accounts would not be as they must be afterwards; nothing was changed. */
    FORBIDDEN
  }

  private final Asked reading;
  private final Asked writing;

  AccountTable(Asked reading, Asked writing) {
    this.reading = reading;
    this.writing = writing;
  }

  /** Every account by name; there are few. */
  public List<AccountEntry> all() {
    return reading.ask("list the accounts", entities -> read(entities, ALL));
  }

  public Optional<AccountEntry> find(String name) {
    return reading.ask("look for an account", entities -> named(entities, name));
  }

  /**
   * Adds an account while {@code allowed} says so of those that there are; false when it does not,
   * or when the name is taken.
   */
  public boolean add(AccountEntry account, Predicate<List<AccountEntry>> allowed) {
    return writing.ask(
        "add an account",
        entities -> {
          List<AccountEntry> present = read(entities, ALL_LOCKED);
          if (!allowed.test(present) || present.stream().anyMatch(named(account.name()))) {
            return false;
          }
          insert(entities, account);
          return true;
        });
  }

  /**
   * Changes an account while all of them, held against other changes until this one is done, are as
   * {@code allowed} wants them afterwards. Number, name and first day stay as they are.
   */
  public Outcome change(
      String name, UnaryOperator<AccountEntry> change, Predicate<List<AccountEntry>> allowed) {
    return writing.ask(
        "change an account",
        entities -> {
          List<AccountEntry> present = read(entities, ALL_LOCKED);
          List<AccountEntry> after =
              present.stream()
                  .map(each -> named(name).test(each) ? change.apply(each) : each)
                  .toList();
          Outcome outcome = outcome(name, present, after, allowed);
          if (outcome == Outcome.DONE) {
            after.stream().filter(named(name)).forEach(changed -> update(entities, changed));
          }
          return outcome;
        });
  }

  /** Removes an account, under the same condition. */
  public Outcome remove(String name, Predicate<List<AccountEntry>> allowed) {
    return writing.ask(
        "remove an account",
        entities -> {
          List<AccountEntry> present = read(entities, ALL_LOCKED);
          List<AccountEntry> after = present.stream().filter(named(name).negate()).toList();
          Outcome outcome = outcome(name, present, after, allowed);
          if (outcome == Outcome.DONE) {
            present.stream()
                .filter(named(name))
                .forEach(gone -> Rows.query(entities, DELETE, gone.number()).executeUpdate());
          }
          return outcome;
        });
  }

  /** Writes down that a person logged in. */
  public void loggedIn(long number, Instant at) {
    // Not worth a wait for the disk, and least of all a login that fails when it is full.
    reading.ask(
        "write down a login",
        entities ->
            Rows.query(entities, LOGIN, number, at.getEpochSecond(), at.getNano()).executeUpdate());
  }

  private static Outcome outcome(
      String name,
      List<AccountEntry> present,
      List<AccountEntry> after,
      Predicate<List<AccountEntry>> allowed) {
    if (present.stream().noneMatch(named(name))) {
      return Outcome.UNKNOWN;
    }
    return allowed.test(after) ? Outcome.DONE : Outcome.FORBIDDEN;
  }

  private static Predicate<AccountEntry> named(String name) {
    return account -> account.name().equals(name);
  }

  private static Optional<AccountEntry> named(EntityManager entities, String name) {
    return read(entities, BY_NAME, name).stream().findFirst();
  }

  private static void insert(EntityManager entities, AccountEntry account) {
    Rows.query(
            entities,
            INSERT,
            account.name(),
            account.role(),
            account.password(),
            account.generation(),
            account.locked(),
            account.created().getEpochSecond(),
            account.created().getNano(),
            account.changed().getEpochSecond(),
            account.changed().getNano())
        .executeUpdate();
  }

  private static void update(EntityManager entities, AccountEntry account) {
    Rows.query(
            entities,
            UPDATE,
            account.number(),
            account.role(),
            account.password(),
            account.generation(),
            account.locked(),
            account.changed().getEpochSecond(),
            account.changed().getNano())
        .executeUpdate();
  }

  private static List<AccountEntry> read(EntityManager entities, String sql, Object... parameters) {
    return Rows.of(entities, sql, parameters).map(AccountTable::account).toList();
  }

  private static AccountEntry account(@Nullable Object[] row) {
    return new AccountEntry(
        Rows.number(row[0]),
        text(row[1]),
        text(row[2]),
        text(row[3]),
        Rows.number(row[4]),
        Boolean.TRUE.equals(row[5]),
        instant(row[6], row[7]),
        instant(row[8], row[9]),
        row[10] == null ? Optional.empty() : Optional.of(instant(row[10], row[11])));
  }

  private static String text(@Nullable Object column) {
    return (String) Objects.requireNonNull(column);
  }

  private static Instant instant(@Nullable Object seconds, @Nullable Object nanos) {
    return Instant.ofEpochSecond(Rows.number(seconds), Rows.number(nanos));
  }
}
