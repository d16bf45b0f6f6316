package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set ten years forward or back while somebody waits or may come in. */
class ClockJumpTest {
  private static final String HERE = "127.0.0.1";
  private static final Duration TEN_YEARS = Duration.ofDays(3_652);

  private final MovableClock day = new MovableClock();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Clock steady = SteadyClock.from(day, nanos::get);

  private void pass(Duration time) {
    day.pass(time);
    nanos.addAndGet(time.toNanos());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void steadyClockGoesOnEvenly(int direction) {
    Instant before = steady.instant();
    assertEquals(day.instant(), before);
    pass(Duration.ofSeconds(3));
    day.pass(TEN_YEARS.multipliedBy(direction));
    assertEquals(before.plusSeconds(3), steady.instant());
    assertEquals(steady.instant(), steady.withZone(ZoneOffset.MIN).instant());
    assertEquals(ZoneOffset.MIN, steady.withZone(ZoneOffset.MIN).getZone());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void whoGuessesWaitsAsLongAndNoLonger(int direction) {
    try (Catalog catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:clock-jump;DB_CLOSE_DELAY=0", "acopio", "", 2))) {
      Accounts accounts = new Accounts(catalog.accounts(), day, steady, 10);
      String password = accounts.makeFirst().orElseThrow();
      for (int i = 0; i < Attempts.FREE_OF_NAME; i++) {
        assertInstanceOf(Login.Wrong.class, accounts.login("admin", "wrong", HERE));
      }
      day.pass(TEN_YEARS.multipliedBy(direction));
      Login.Wait wait = assertInstanceOf(Login.Wait.class, accounts.login("admin", password, HERE));
      assertEquals(Duration.ofSeconds(1), wait.left());
      pass(wait.left());
      assertInstanceOf(Login.Welcome.class, accounts.login("admin", password, HERE));
      day.pass(TEN_YEARS.multipliedBy(-direction));
      assertInstanceOf(Login.Welcome.class, accounts.login("admin", password, HERE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void ticketsAreGoodForTheirTimeAndNoLonger(int direction) {
    OneTimeTickets tickets = new OneTimeTickets(steady);
    String ticket = tickets.make();
    day.pass(TEN_YEARS.multipliedBy(direction));
    assertTrue(tickets.isGood(ticket));
    pass(OneTimeTickets.VALID);
    assertFalse(tickets.isGood(ticket));
  }

  /** Another node, whose changes are seen after five seconds, ends a login. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void loginThatWasEndedElsewhereEndsHereInTime(int direction) throws AccountException {
    try (Catalog catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:clock-login;DB_CLOSE_DELAY=0", "acopio", "", 2))) {
      Accounts accounts = new Accounts(catalog.accounts(), day, steady, 10);
      String password = accounts.makeFirst().orElseThrow();
      Account login =
          assertInstanceOf(Login.Welcome.class, accounts.login("admin", password, HERE)).account();
      assertTrue(now(accounts, login).isPresent());
      new Accounts(catalog.accounts(), day, steady, 10).resetPassword("admin");
      day.pass(TEN_YEARS.multipliedBy(direction));
      assertTrue(now(accounts, login).isPresent(), "no time has passed");
      pass(CurrentAccounts.FRESH);
      assertEquals(Optional.empty(), now(accounts, login));
    }
  }

  /** As often as it happens, and whether the server is started anew meanwhile or not. */
  @Test
  void whatWasDoneIsNotForgottenUntilTheClockHasStoodADay() {
    try (Catalog catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:clock-audit;DB_CLOSE_DELAY=0", "acopio", "", 2))) {
      AuditLog log = auditLog(catalog);
      for (int i = 0; i < 3; i++) {
        addOn(catalog, log);
        day.pass(TEN_YEARS);
        addOn(catalog, log);
        day.pass(Duration.ofHours(23));
        addOn(catalog, log);
        addOn(catalog, auditLog(catalog));
        day.pass(TEN_YEARS.negated().plusDays(1));
      }
      assertEquals(12, log.count("", ""), "nothing is older than 30 days");
      day.pass(Duration.ofDays(60));
      addOn(catalog, log);
      assertEquals(13, log.count("", ""), "the server was away");
      day.pass(Duration.ofDays(1));
      addOn(catalog, log);
      assertEquals(14 - 3, log.count("", ""), "the others were done ten years ahead");
    }
  }

  private AuditLog auditLog(Catalog catalog) {
    return new AuditLog(catalog.audit(), catalog.retention("audit log", 30), day);
  }

  private void addOn(Catalog catalog, AuditLog log) {
    catalog.runningDays().note(day.instant());
    log.add("admin", HERE, Deed.done("user.add", "ana"));
  }

  private static Optional<Account> now(Accounts accounts, Account login) {
    return accounts.current(login.name(), login.number(), login.generation());
  }

  @Test
  void byDefaultAccountsHaveASteadyClock() {
    try (Catalog catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:clock-default;DB_CLOSE_DELAY=0", "acopio", "", 2))) {
      Accounts accounts = new Accounts(catalog.accounts(), day);
      accounts.makeFirst();
      for (int i = 0; i < Attempts.FREE_OF_NAME + 6; i++) {
        accounts.login("admin", "wrong", HERE);
      }
      day.pass(TEN_YEARS.negated());
      Login.Wait wait = assertInstanceOf(Login.Wait.class, accounts.login("admin", "wrong", HERE));
      assertTrue(wait.left().compareTo(Backoff.LONGEST) <= 0, wait::toString);
    }
  }
}
