package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.acopio.catalog.AccountTable.Outcome;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

/** What every database must do with accounts, the audit log and blocked agents. */
abstract class AccountContract extends HistoryContract {
  private static final Predicate<List<AccountEntry>> ANYHOW = all -> true;

  private static AccountEntry account(String name) {
    return new AccountEntry(
        0, name, "administrator", "hash", 3, false, Samples.NOW, Samples.NOW, Optional.empty());
  }

  private static AuditEntry line(Instant at, String who, String code, String target) {
    return new AuditEntry(0, at, who, "192.0.2.7", code, target, "done");
  }

  @Test
  final void accountReadsBackAsItWas() {
    Instant login = Samples.NOW.plusNanos(7);
    assertTrue(catalog.accounts().add(account("ana"), ANYHOW));
    catalog.accounts().loggedIn(catalog.accounts().find("ana").orElseThrow().number(), login);
    reopen();
    AccountEntry read = catalog.accounts().find("ana").orElseThrow();
    assertTrue(read.number() > 0);
    assertEquals(
        new AccountEntry(
            read.number(),
            "ana",
            "administrator",
            "hash",
            3,
            false,
            Samples.NOW,
            Samples.NOW,
            Optional.of(login)),
        read);
    assertEquals(Optional.empty(), catalog.accounts().find("rosa"));
    assertFalse(read.toString().contains("hash"));
  }

  @Test
  final void nameIsTakenOnce() throws Exception {
    List<Boolean> added = inParallel(4, thread -> catalog.accounts().add(account("ana"), ANYHOW));
    assertEquals(1, added.stream().filter(each -> each).count());
    assertFalse(catalog.accounts().add(account("rosa"), List::isEmpty));
  }

  @Test
  final void ofTwoWhoRemoveEachOtherOneStays() throws Exception {
    catalog.accounts().add(account("ana"), ANYHOW);
    catalog.accounts().add(account("rosa"), ANYHOW);
    List<Outcome> outcomes =
        inParallel(
            2,
            thread ->
                catalog.accounts().remove(thread == 0 ? "ana" : "rosa", all -> !all.isEmpty()));
    assertTrue(outcomes.contains(Outcome.DONE), outcomes::toString);
    assertEquals(1, catalog.accounts().all().size(), outcomes::toString);
  }

  @Test
  final void changeThatIsNotAllowedChangesNothing() {
    catalog.accounts().add(account("ana"), ANYHOW);
    assertEquals(
        Outcome.FORBIDDEN,
        catalog.accounts().change("ana", each -> each.withPassword("other"), all -> false));
    assertEquals("hash", catalog.accounts().find("ana").orElseThrow().password());
    assertEquals(Outcome.UNKNOWN, catalog.accounts().change("x", each -> each, ANYHOW));
    assertEquals(
        Outcome.DONE, catalog.accounts().change("ana", each -> each.withPassword("other"), ANYHOW));
    assertEquals("other", catalog.accounts().find("ana").orElseThrow().password());
    assertEquals(Outcome.DONE, catalog.accounts().remove("ana", ANYHOW));
    assertEquals(List.of(), catalog.accounts().all());
  }

  @Test
  final void auditLogIsSearchedAndPagedNewestFirst() {
    catalog.audit().add(line(Samples.NOW, "ana", "login", ""));
    catalog.audit().add(line(Samples.NOW, "rosa", "login.failed", ""));
    catalog.audit().add(line(Samples.NOW, "ana", "user.add", "50% Ñandú_1!"));
    catalog.audit().add(line(Samples.NOW, "ana", "logins", ""));
    AuditTable audit = catalog.audit();
    assertEquals(
        List.of("logins", "user.add", "login.failed", "login"),
        audit.page("", "", 0, 10).stream().map(AuditEntry::code).toList());
    assertEquals(
        List.of("login.failed", "login"),
        audit.page("login", "", 0, 10).stream().map(AuditEntry::code).toList());
    assertEquals(1, audit.count("", "0% Ñandú_"));
    assertEquals(0, audit.count("", "Ñandú-1"));
    assertEquals(1, audit.count("login", "ROSA"));
    assertEquals(4, audit.count("", "192.0.2"));
    assertEquals(1, audit.page("", "", 3, 10).size());
    assertEquals(0, audit.count("", "' or 1=1 --"));
  }

  @Test
  final void onlyOldLinesOfTheAuditLogAreForgotten() {
    catalog.audit().add(line(Samples.NOW.minus(Duration.ofDays(9)), "ana", "login", ""));
    catalog.audit().add(line(Samples.NOW, "ana", "logout", "a\0b\n".repeat(200)));
    assertEquals(1, catalog.audit().forget(Samples.NOW.minus(Duration.ofDays(8))));
    AuditEntry left = catalog.audit().page("", "", 0, 10).get(0);
    assertEquals("logout", left.code());
    assertEquals(AuditEntry.MAX_TARGET, left.target().length());
  }

  @Test
  final void timeIsTrustedADayAfterItWasNoted() throws Exception {
    RunningDays days = catalog.runningDays();
    Instant noted = Samples.NOW.truncatedTo(ChronoUnit.SECONDS);
    assertEquals(Optional.empty(), days.trusted(Samples.NOW.plus(Duration.ofDays(3_652))));
    inParallel(
        4,
        thread -> {
          days.note(noted);
          return thread;
        });
    days.note(noted.plusSeconds(1));
    Instant next = noted.plus(Duration.ofDays(1));
    assertEquals(Optional.empty(), days.trusted(next.minusNanos(1)));
    assertEquals(Optional.of(noted), days.trusted(next));
    days.note(next);
    reopen();
    assertEquals(
        Optional.of(next), catalog.runningDays().trusted(noted.plus(Duration.ofDays(3_652))));
  }

  @Test
  final void timeOfAClockThatWasSetBackIsNotTrusted() {
    RunningDays days = catalog.runningDays();
    Instant noted = Samples.NOW.truncatedTo(ChronoUnit.SECONDS);
    Instant ahead = noted.plus(Duration.ofDays(3_652));
    days.note(noted);
    days.note(ahead);
    assertEquals(Optional.of(noted), days.trusted(ahead));
    days.note(noted.plusSeconds(1));
    assertEquals(Optional.of(noted), days.trusted(ahead.plus(Duration.ofDays(2))));
    Instant back = Instant.EPOCH.minusSeconds(1);
    days.note(back);
    assertEquals(Optional.of(back), days.trusted(ahead), "of two times the earlier is safe");
  }

  @Test
  final void agentsAreListedAndBlocked() {
    long before = catalog.agents().count();
    long first = catalog.agent(id(1), "pc-1", "0.1", Samples.NOW);
    long second = catalog.agent(id(2), "pc-2", "0.1", Samples.NOW.plusSeconds(5));
    AgentTable agents = catalog.agents();
    assertEquals(before + 2, agents.count());
    assertEquals(
        List.of(second, first), agents.page(0, 2).stream().map(AgentAccess::number).toList());
    assertEquals(first, agents.page(1, 1).get(0).number());
    assertTrue(agents.block(first, true));
    catalog.agent(id(1), "pc-1b", "0.2", Samples.NOW.plusSeconds(9));
    AgentAccess blocked = agents.find(first).orElseThrow();
    assertTrue(blocked.blocked());
    assertEquals("pc-1b", blocked.hostName());
    assertEquals(Samples.NOW, blocked.firstSeen());
    assertTrue(agents.block(first, false));
    assertFalse(agents.find(first).orElseThrow().blocked());
    assertFalse(agents.block(999, true));
    assertEquals(Optional.empty(), agents.find(999));
  }

  private static Sha256 id(int n) {
    return Sha256.of(Sha256.start().digest(new byte[] {(byte) n}));
  }
}
