package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.acopio.account.AccountException.Code;
import org.acopio.catalog.AccountEntry;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People come in, or not, over a real catalog. */
class AccountsTest {
  private static final String HERE = "192.0.2.7";
  private static final String ELSEWHERE = "198.51.100.9";

  private final MovableClock clock = new MovableClock();
  private Catalog catalog;
  private Accounts accounts;
  private String password;

  @BeforeEach
  void firstStart() {
    catalog =
        Catalog.open(new CatalogSettings("jdbc:h2:mem:accounts;DB_CLOSE_DELAY=0", "acopio", "", 2));
    accounts = new Accounts(catalog.accounts(), clock, clock, 10);
    password = accounts.makeFirst().orElseThrow();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Account welcome(Login login) {
    return assertInstanceOf(Login.Welcome.class, login).account();
  }

  private void guess(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      assertInstanceOf(Login.Wrong.class, accounts.login(name, "wrong", address));
    }
  }

  private AccountException refused(Code code, org.junit.jupiter.api.function.Executable change) {
    AccountException refusal = assertThrows(AccountException.class, change);
    assertEquals(code, refusal.code());
    return refusal;
  }

  @Test
  void onlyTheFirstStartMakesAnAdministrator() {
    assertEquals(Optional.empty(), accounts.makeFirst());
    assertEquals(Role.ADMINISTRATOR, welcome(accounts.login("admin", password, HERE)).role());
    assertFalse(catalog.accounts().find("admin").orElseThrow().password().contains(password));
  }

  @Test
  void nameIsTakenHoweverItIsTyped() {
    assertEquals("admin", welcome(accounts.login(" Admin ", password, HERE)).name());
    assertInstanceOf(Login.Wrong.class, accounts.login("admin", password.toLowerCase(), HERE));
    assertInstanceOf(Login.Wrong.class, accounts.login("nobody", password, HERE));
    assertInstanceOf(Login.Wrong.class, accounts.login("ad\0min\uD800", password, HERE));
    assertInstanceOf(Login.Wrong.class, accounts.login("x".repeat(5_000), password, HERE));
    assertInstanceOf(Login.Wrong.class, accounts.login("admin", "x".repeat(5_000), HERE));
  }

  @Test
  void guesserWaitsAndIsToldHowLong() {
    guess(5, "admin", ELSEWHERE);
    Login.Wait wait =
        assertInstanceOf(Login.Wait.class, accounts.login("admin", password, ELSEWHERE));
    assertEquals(Duration.ofSeconds(1), wait.left());
    clock.pass(Duration.ofSeconds(1));
    welcome(accounts.login("admin", password, ELSEWHERE));
  }

  @Test
  void nameThatNobodyHasWaitsAlike() {
    guess(5, "nobody", ELSEWHERE);
    assertInstanceOf(Login.Wait.class, accounts.login("nobody", password, ELSEWHERE));
  }

  @Test
  void guesserElsewhereDoesNotKeepTheOwnerOut() {
    welcome(accounts.login("admin", password, HERE));
    guess(5, "admin", ELSEWHERE);
    assertInstanceOf(Login.Wait.class, accounts.login("admin", password, ELSEWHERE));
    welcome(accounts.login("admin", password, HERE));
    guess(5, "admin", HERE);
    assertInstanceOf(Login.Wait.class, accounts.login("admin", password, HERE));
  }

  @Test
  void addressThatTriesManyNamesWaits() {
    for (int i = 0; i < Attempts.FREE_OF_ADDRESS; i++) {
      guess(1, "name" + i, ELSEWHERE);
    }
    assertInstanceOf(Login.Wait.class, accounts.login("another", "wrong", ELSEWHERE));
    guess(1, "another", HERE);
  }

  @Test
  void networkOfAHouseholdCountsAsOneAddress() {
    assertEquals(
        Backoff.network("2001:db8:1:2:3:4:5:6"), Backoff.network("2001:db8:1:2:ffff:0:0:1"));
    assertNotEquals(Backoff.network("2001:db8:1:2::1"), Backoff.network("2001:db8:1:3::1"));
    assertEquals(HERE, Backoff.network(HERE));
  }

  @Test
  void newAccountGetsAPasswordOnce() throws AccountException {
    String fresh = accounts.add("Ana.Pérez@x".replace("é", "e"), Role.VIEWER);
    Account ana = welcome(accounts.login("ana.perez@x", fresh, HERE));
    assertEquals(Role.VIEWER, ana.role());
    assertEquals(
        List.of("admin", "ana.perez@x"), accounts.all().stream().map(Account::name).toList());
    refused(Code.NAME_TAKEN, () -> accounts.add("ANA.PEREZ@X", Role.VIEWER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ñandú", "a b", "-a", "local", "<b>", "a/b"})
  void whatIsNoNameIsRefused(String name) {
    refused(Code.BAD_NAME, () -> accounts.add(name, Role.VIEWER));
  }

  @Test
  void aRefusalSaysWhatItIsAboutForOtherLanguages() {
    assertEquals(
        List.of("a b", Accounts.LOCAL),
        refused(Code.BAD_NAME, () -> accounts.add("A b", Role.VIEWER)).values());
    assertEquals(
        List.of("admin"),
        refused(Code.NAME_TAKEN, () -> accounts.add("admin", Role.VIEWER)).values());
    assertEquals(List.of("nadie"), refused(Code.UNKNOWN, () -> accounts.remove("nadie")).values());
    assertEquals(
        List.of("admin"),
        refused(Code.LAST_ADMINISTRATOR, () -> accounts.remove("admin")).values());
    assertEquals(
        List.of("12", "256", "5"),
        refused(Code.BAD_PASSWORD, () -> accounts.changePassword("admin", password, "corta", HERE))
            .values());
  }

  @Test
  void somebodyAlwaysAdministers() throws AccountException {
    refused(Code.LAST_ADMINISTRATOR, () -> accounts.remove("admin"));
    refused(Code.LAST_ADMINISTRATOR, () -> accounts.lock("admin", true));
    refused(Code.LAST_ADMINISTRATOR, () -> accounts.role("admin", Role.VIEWER));
    accounts.add("rosa", Role.ADMINISTRATOR);
    accounts.lock("rosa", true);
    refused(Code.LAST_ADMINISTRATOR, () -> accounts.remove("admin"));
    accounts.lock("rosa", false);
    accounts.remove("admin");
    assertEquals(1, accounts.all().size());
    refused(Code.UNKNOWN, () -> accounts.remove("admin"));
  }

  private Optional<Account> now(Account login) {
    return accounts.current(login.name(), login.number(), login.generation());
  }

  @Test
  void lockPasswordAndRemovalEndLoginsAtOnceAndRolesChangeInThem() throws AccountException {
    String fresh = accounts.add("ana", Role.VIEWER);
    Account login = welcome(accounts.login("ana", fresh, HERE));
    accounts.role("ana", Role.ADMINISTRATOR);
    assertEquals(Role.ADMINISTRATOR, now(login).orElseThrow().role());
    accounts.lock("ana", true);
    assertEquals(Optional.empty(), now(login));
    assertInstanceOf(Login.Locked.class, accounts.login("ana", fresh, HERE));
    accounts.lock("ana", false);
    assertEquals(Optional.empty(), now(login));
    Account again = welcome(accounts.login("ana", fresh, HERE));
    String other = accounts.resetPassword("ana");
    assertEquals(Optional.empty(), now(again));
    Account third = welcome(accounts.login("ana", other, HERE));
    accounts.remove("ana");
    String reborn = accounts.add("ana", Role.ADMINISTRATOR);
    assertEquals(Optional.empty(), now(third), "another person of the same name");
    welcome(accounts.login("ana", reborn, HERE));
  }

  @Test
  void personChoosesTheOwnPassword() throws AccountException {
    Account before = welcome(accounts.login("admin", password, HERE));
    String chosen = "cuatro gatos al sol";
    refused(Code.BAD_PASSWORD, () -> accounts.changePassword("admin", password, "corta", HERE));
    assertInstanceOf(Login.Wrong.class, accounts.changePassword("admin", "wrong", chosen, HERE));
    Account after = welcome(accounts.changePassword("admin", password, chosen, HERE));
    assertEquals(Optional.empty(), now(before));
    assertTrue(now(after).isPresent());
    assertInstanceOf(Login.Wrong.class, accounts.login("admin", password, HERE));
    welcome(accounts.login("admin", chosen, HERE));
  }

  @Test
  void programThatSendsItsPasswordEachTimeIsKnownUntilItChanges() throws AccountException {
    welcome(accounts.loginAgain("admin", password, HERE));
    welcome(accounts.loginAgain("admin", password, HERE));
    assertInstanceOf(Login.Wrong.class, accounts.loginAgain("admin", password + "x", HERE));
    String other = accounts.resetPassword("admin");
    assertInstanceOf(Login.Wrong.class, accounts.loginAgain("admin", password, HERE));
    welcome(accounts.loginAgain("admin", other, HERE));
  }

  @Test
  void weakerHashIsReplacedAtTheLogin() {
    Accounts stronger = new Accounts(catalog.accounts(), clock, clock, 20);
    welcome(stronger.login("admin", password, HERE));
    assertTrue(catalog.accounts().find("admin").orElseThrow().password().contains(":20:"));
    welcome(stronger.login("admin", password, HERE));
  }

  private AuditLog auditLog(int days) {
    return new AuditLog(catalog.audit(), catalog.retention("audit log", days), clock);
  }

  @Test
  void auditLogKeepsWhatWasDoneAndForgetsWhatIsOld() {
    AuditLog log = auditLog(30);
    log.add("admin", HERE, Deed.done("user.add", "ana <b>"));
    clock.pass(Duration.ofDays(31));
    catalog.runningDays().note(clock.instant());
    clock.pass(Duration.ofDays(1));
    log.add("admin", HERE, Deed.of("login.failed", "", "wrong"));
    assertEquals(1, log.count("", ""));
    assertEquals("login.failed", log.page("login", "", 0, 10).get(0).code());
    assertThrows(IllegalArgumentException.class, () -> Deed.done("User Add", ""));
  }

  @Test
  void auditLogThatForgetsNothingKeepsEverything() {
    AuditLog log = auditLog(0);
    log.add("admin", HERE, Deed.done("user.add", "ana"));
    clock.pass(Duration.ofDays(10_000));
    catalog.runningDays().note(clock.instant());
    clock.pass(Duration.ofDays(1));
    log.add("admin", HERE, Deed.done("user.add", "rosa"));
    assertEquals(2, log.count("user.add", ""));
    assertEquals(1, log.count("", "rosa"));
    assertEquals("rosa", log.page("", "", 0, 1).get(0).target());
  }

  @Test
  void auditLogIsCleanedWhileTheServerRuns() {
    AuditLog log = auditLog(1);
    for (String each : new String[] {"first", "second", "third"}) {
      catalog.runningDays().note(clock.instant());
      log.add("admin", HERE, Deed.done("user.add", each));
      clock.pass(Duration.ofDays(1));
    }
    assertEquals(3, log.count("", ""), "yesterday the first was a day old, and not older");
    log.add("admin", HERE, Deed.done("user.add", "fourth"));
    assertEquals(3, log.count("", ""));
    assertEquals(0, log.count("", "first"));
  }

  @Test
  void lineThatCannotBeKeptStopsNobody() {
    AuditLog log = auditLog(1);
    catalog.close();
    log.add("admin", HERE, Deed.done("user.add", "ana"));
  }

  /** Another node changes the catalog behind this one's back. */
  @Test
  void changeOfAnotherNodeIsSeenAfterFiveSeconds() throws AccountException {
    Account login = welcome(accounts.login("admin", password, HERE));
    assertTrue(now(login).isPresent());
    new Accounts(catalog.accounts(), clock, clock, 10).resetPassword("admin");
    clock.pass(CurrentAccounts.FRESH.minusNanos(1));
    assertTrue(now(login).isPresent(), "not asked for yet");
    clock.pass(Duration.ofNanos(1));
    assertEquals(Optional.empty(), now(login));
  }

  @Test
  void loginOfAnotherAccountIsNotThisOne() {
    Account login = welcome(accounts.login("admin", password, HERE));
    assertEquals(
        Optional.empty(), accounts.current("admin", login.number() + 1, login.generation()));
    assertEquals(
        Optional.empty(), accounts.current("admin", login.number(), login.generation() + 1));
    assertTrue(accounts.isKnown(" ADMIN "));
    assertFalse(accounts.isKnown("nobody"));
    assertFalse(accounts.isKnown("ad\0min"));
  }

  private Instant lastLogin() {
    return accounts.all().get(0).lastLogin().orElseThrow();
  }

  @Test
  void passwordThatWasRightIsLookedAtAgainAfterFiveMinutes() {
    welcome(accounts.loginAgain("admin", password, HERE));
    Instant first = lastLogin();
    assertEquals(clock.instant(), first);
    clock.pass(Duration.ofMinutes(5).minusNanos(1));
    welcome(accounts.loginAgain("admin", password, HERE));
    assertEquals(first, lastLogin());
    clock.pass(Duration.ofNanos(1));
    welcome(accounts.loginAgain("admin", password, HERE));
    assertEquals(clock.instant().truncatedTo(ChronoUnit.MICROS), lastLogin());
  }

  @Test
  void programOfALockedAccountIsTurnedAwayAtOnce() throws AccountException {
    accounts.add("rosa", Role.ADMINISTRATOR);
    welcome(accounts.loginAgain("admin", password, HERE));
    accounts.lock("admin", true);
    assertInstanceOf(Login.Locked.class, accounts.loginAgain("admin", password, HERE));
  }

  @Test
  void tryThatWasNotLookedAtCostsNothing() {
    for (int i = 0; i < 10; i++) {
      Thread.currentThread().interrupt();
      assertInstanceOf(Login.Busy.class, accounts.login("admin", password, ELSEWHERE));
      assertTrue(Thread.interrupted(), "whoever waits for the thread is told");
    }
    guess(5, "admin", ELSEWHERE);
    assertInstanceOf(Login.Wait.class, accounts.login("admin", password, ELSEWHERE));
  }

  @Test
  void rightPasswordForgivesTheFailuresBefore() {
    guess(4, "admin", HERE);
    welcome(accounts.login("admin", password, HERE));
    guess(5, "admin", HERE);
    assertInstanceOf(Login.Wait.class, accounts.login("admin", password, HERE));
    clock.pass(Duration.ofSeconds(1));
    welcome(accounts.login("admin", password, HERE));
    guess(5, "admin", HERE);
  }

  @Test
  void newPasswordForgivesTheFailuresOfItsName() throws AccountException {
    guess(5, "admin", ELSEWHERE);
    String fresh = accounts.resetPassword("admin");
    welcome(accounts.login("admin", fresh, ELSEWHERE));
  }

  @Test
  void ownerAtHomeWaitsForNobodyButTheHome() {
    welcome(accounts.login("admin", password, HERE));
    for (int i = 0; i < Attempts.FREE_OF_ADDRESS; i++) {
      guess(1, "name" + i, HERE);
    }
    assertInstanceOf(Login.Wait.class, accounts.login("admin", password, HERE));
  }

  @Test
  void accountThatIsMadeOrChangedSaysWhen() throws AccountException {
    Instant made = clock.instant();
    accounts.add("ana", Role.VIEWER);
    clock.pass(Duration.ofHours(1));
    accounts.role("ana", Role.ADMINISTRATOR);
    Account ana = accounts.all().get(1);
    assertEquals(made, ana.created());
    assertEquals(clock.instant(), ana.changed());
    assertFalse(ana.locked());
    assertEquals(Optional.empty(), ana.lastLogin());
  }

  /** What a newer version has written. */
  @Test
  void roleThatIsNotKnownOpensTheLeast() {
    var admin = catalog.accounts().find("admin").orElseThrow();
    assertEquals(
        Role.VIEWER,
        Account.of(
                new AccountEntry(
                    1,
                    "x",
                    "emperor",
                    admin.password(),
                    0,
                    false,
                    admin.created(),
                    admin.changed(),
                    Optional.empty()))
            .role());
  }
}
