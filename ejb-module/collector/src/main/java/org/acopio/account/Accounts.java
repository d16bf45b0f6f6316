package org.acopio.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.acopio.account.AccountException.Code;
import org.acopio.catalog.AccountEntry;
import org.acopio.catalog.AccountTable;
import org.acopio.catalog.AccountTable.Outcome;

/**
 * The people who may use the console. At every moment at least one of them is an administrator who
 * can log in. Thread-safe, and safe for several nodes on one catalog; every method may throw {@link
 * org.acopio.catalog.CatalogException}.
 */
public final class Accounts {
  /** The name of the account that the first start makes. */
  public static final String FIRST = "admin";

  /** Who acts with the administrator's token or a ticket of it; not a name for an account. */
  public static final String LOCAL = "local";

  static final int MOST = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

  private final AccountTable table;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final PasswordHash hash;
  private final Door door;
  private final CurrentAccounts current;

  public Accounts(AccountTable table, Clock clock) {
    this(table, clock, SteadyClock.from(clock), PasswordHash.ITERATIONS);
  }

  /**
   * @param steady by which who guesses has to wait, and what was seen of an account gets old
   */
  Accounts(AccountTable table, Clock clock, Clock steady, int iterations) {
    this.table = table;
    this.clock = clock;
    hash = new PasswordHash(iterations);
    current = new CurrentAccounts(table, steady);
    door = new Door(table, current, hash, clock, steady, random);
  }

  /**
   * Makes the first administrator, {@value #FIRST}, when there is no account at all, and returns
   * the password, which is kept nowhere.
   */
  public Optional<String> makeFirst() {
    if (!table.all().isEmpty()) {
      return Optional.empty();
    }
    String password = FreshPassword.make(random);
    boolean added = table.add(fresh(FIRST, Role.ADMINISTRATOR, password), List::isEmpty);
    return added ? Optional.of(password) : Optional.empty();
  }

  /**
   * Tries to log a person in.
   *
   * @param name as typed; case and spaces around it do not matter
   * @param address of the person's connection
   */
  public Login login(String name, String password, String address) {
    return door.knock(normal(name), password, address);
  }

  /**
   * As {@link #login}, for programs that send name and password each time: one that was right in
   * the last five minutes is not computed again.
   */
  public Login loginAgain(String name, String password, String address) {
    return door.again(normal(name), password, address);
  }

  /**
   * The account of a login as it is now; nothing when the login has ended: the account is gone or
   * locked, or its password is another. May be five seconds old, and older while the catalog is
   * away.
   */
  public Optional<Account> current(String name, long number, long generation) {
    return current
        .find(name)
        .filter(account -> account.number() == number && account.generation() == generation)
        .filter(account -> !account.locked());
  }

  /** Whether there is an account of this name, as typed. */
  public boolean isKnown(String name) {
    String plain = normal(name);
    return isName(plain) && table.find(plain).isPresent();
  }

  /** Whether an account can have this name; text of any other kind never reaches the catalog. */
  static boolean isName(String plain) {
    return NAME.matcher(plain).matches();
  }

  /** Every account by name. */
  public List<Account> all() {
    return table.all().stream().map(Account::of).toList();
  }

  /** Adds an account and returns its password, which is kept nowhere. */
  public String add(String name, Role role) throws AccountException {
    String plain = normal(name);
    if (!isName(plain) || plain.equals(LOCAL)) {
      throw new AccountException(
          Code.BAD_NAME,
          "'%s' is no name for an account: it has 1 to 64 of a-z, 0-9, '.', '_', '@' and '-', begins with a letter or digit, and is not '%s'"
              .formatted(plain, LOCAL),
          plain,
          LOCAL);
    }
    String password = FreshPassword.make(random);
    if (!table.add(fresh(plain, role, password), present -> present.size() < MOST)) {
      throw table.find(plain).isPresent()
          ? new AccountException(
              Code.NAME_TAKEN, "there is an account '" + plain + "' already", plain)
          : new AccountException(
              Code.TOO_MANY,
              "there are %d accounts, the most that there may be; remove one".formatted(MOST),
              MOST);
    }
    current.clear();
    return password;
  }

  /** Gives an account another role, which holds at once. */
  public void role(String name, Role role) throws AccountException {
    change(name, entry -> with(entry, role.word(), entry.password(), 0, entry.locked()));
  }

  /** Locks an account, which ends its logins, or unlocks it. */
  public void lock(String name, boolean locked) throws AccountException {
    change(name, entry -> with(entry, entry.role(), entry.password(), 1, locked));
  }

  /** Gives an account a new password and returns it; ends its logins. */
  public String resetPassword(String name) throws AccountException {
    String password = FreshPassword.make(random);
    String kept = hash.of(password);
    change(name, entry -> with(entry, entry.role(), kept, 1, entry.locked()));
    door.forget(normal(name));
    return password;
  }

  /**
   * Lets a person choose the own password; ends all logins of the account. The old one is asked for
   * again, and guessing it is as slow as at the login.
   */
  public Login changePassword(String name, String old, String chosen, String address)
      throws AccountException {
    String plain = normal(name);
    PasswordRules.check(plain, chosen);
    Login login = door.knock(plain, old, address);
    if (!(login instanceof Login.Welcome)) {
      return login;
    }
    String kept = hash.of(chosen);
    change(plain, entry -> with(entry, entry.role(), kept, 1, entry.locked()));
    return current.find(plain).<Login>map(Login.Welcome::new).orElseGet(Login.Wrong::new);
  }

  /** Removes an account, which ends its logins. */
  public void remove(String name) throws AccountException {
    String plain = normal(name);
    expectDone(plain, table.remove(plain, Accounts::someoneAdministers));
    current.clear();
  }

  private void change(String name, UnaryOperator<AccountEntry> change) throws AccountException {
    String plain = normal(name);
    expectDone(plain, table.change(plain, change, Accounts::someoneAdministers));
    current.clear();
  }

  private static boolean someoneAdministers(List<AccountEntry> accounts) {
    return accounts.stream()
        .anyMatch(each -> each.role().equals(Role.ADMINISTRATOR.word()) && !each.locked());
  }

  private static void expectDone(String name, Outcome outcome) throws AccountException {
    switch (outcome) {
      case DONE -> {}
      case UNKNOWN ->
          throw new AccountException(Code.UNKNOWN, "there is no account '" + name + "'", name);
      case FORBIDDEN ->
          throw new AccountException(
              Code.LAST_ADMINISTRATOR,
              "'%s' is the last administrator who can log in; make another one first"
                  .formatted(name),
              name);
    }
  }

  private AccountEntry fresh(String name, Role role, String password) {
    Instant now = clock.instant();
    return new AccountEntry(
        0, name, role.word(), hash.of(password), 0, false, now, now, Optional.empty());
  }

  private AccountEntry with(
      AccountEntry entry, String role, String password, int generations, boolean locked) {
    return new AccountEntry(
        entry.number(),
        entry.name(),
        role,
        password,
        entry.generation() + generations,
        locked,
        entry.created(),
        clock.instant(),
        entry.lastLogin());
  }

  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
