package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.catalog.IdentityEntry.Reason;
import org.acopio.catalog.IdentityEntry.Revocation;
import org.junit.jupiter.api.Test;

/** What every database must do with identities and the codes that invite. */
abstract class IdentityContract extends AccountContract {
  private static final String HOME = "2001:db8:0:0:0:0:0:7";
  private static final Instant EXPIRY = Samples.NOW.plus(Duration.ofDays(30));
  private static final Instant LATER = Samples.NOW.plusSeconds(60).plusNanos(5);

  private EnrolmentCodeEntry code(String secret, OptionalLong mostUses) {
    return catalog
        .enrolmentCodes()
        .add(
            new EnrolmentCodeEntry(
                0,
                Samples.digest(secret),
                Samples.NOW,
                "ana",
                EXPIRY,
                0,
                mostUses,
                Optional.empty()));
  }

  private static IdentityEntry identity(String agent, String key, OptionalLong parent) {
    return new IdentityEntry(
        0,
        Samples.digest(agent),
        Samples.digest(key),
        "pc\0-1",
        "1.0",
        Samples.NOW,
        OptionalLong.empty(),
        parent,
        Samples.NOW,
        HOME,
        false,
        Optional.empty());
  }

  private static byte[] word(int n) {
    byte[] word = new byte[16];
    word[3] = (byte) n;
    return word;
  }

  private Optional<IdentityEntry> enrol(String code, String agent, String key) {
    return catalog
        .identities()
        .enrol(Samples.digest(code), identity(agent, key, OptionalLong.empty()), word(1));
  }

  private IdentityEntry enrolled(String agent, String key) {
    if (catalog.enrolmentCodes().find(Samples.digest("open")).isEmpty()) {
      code("open", OptionalLong.empty());
    }
    return enrol("open", agent, key).orElseThrow();
  }

  private IdentityEntry read(IdentityEntry identity) {
    return catalog.identities().find(identity.number()).orElseThrow();
  }

  @Test
  final void codeReadsBackAsItWas() {
    EnrolmentCodeEntry once = code("once", OptionalLong.of(1));
    EnrolmentCodeEntry many = code("many", OptionalLong.empty());
    assertTrue(catalog.enrolmentCodes().takeBack(many.number(), LATER));
    assertFalse(catalog.enrolmentCodes().takeBack(many.number(), EXPIRY));
    assertFalse(catalog.enrolmentCodes().takeBack(999, LATER));
    reopen();
    List<EnrolmentCodeEntry> read = catalog.enrolmentCodes().newest(10);
    assertEquals(
        List.of(
            new EnrolmentCodeEntry(
                many.number(),
                Samples.digest("many"),
                Samples.NOW,
                "ana",
                EXPIRY,
                0,
                OptionalLong.empty(),
                Optional.of(LATER)),
            once),
        read);
    assertEquals(List.of(read.get(0)), catalog.enrolmentCodes().newest(1));
    assertFalse(read.get(0).invites(Samples.NOW));
    assertTrue(once.invites(EXPIRY.minusNanos(1)));
    assertFalse(once.invites(EXPIRY));
    assertEquals(Optional.empty(), catalog.enrolmentCodes().find(Samples.digest("none")));
  }

  @Test
  final void identityReadsBackAsItWas() {
    EnrolmentCodeEntry code = code("secret", OptionalLong.empty());
    IdentityEntry added = enrol("secret", "agent", "key").orElseThrow();
    reopen();
    IdentityEntry expected =
        new IdentityEntry(
            added.number(),
            Samples.digest("agent"),
            Samples.digest("key"),
            "pc\uFFFD-1",
            "1.0",
            Samples.NOW,
            OptionalLong.of(code.number()),
            OptionalLong.empty(),
            Samples.NOW,
            HOME,
            false,
            Optional.empty());
    assertEquals(expected, added);
    assertEquals(Optional.of(expected), catalog.identities().find(added.number()));
    assertEquals(Optional.of(expected), catalog.identities().find(Samples.digest("key")));
    assertEquals(Optional.empty(), catalog.identities().find(999));
    assertEquals(1, catalog.identities().count());
  }

  @Test
  final void identitiesArePagedNewestFirst() {
    IdentityEntry first = enrolled("a", "1");
    IdentityEntry second = enrolled("b", "2");
    assertEquals(List.of(second, first), catalog.identities().page(0, 10));
    assertEquals(List.of(first), catalog.identities().page(1, 1));
    assertThrows(IllegalArgumentException.class, () -> catalog.identities().page(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> catalog.enrolmentCodes().newest(0));
  }

  @Test
  final void codeWithOneUseInvitesOneOfManyThatComeAtOnce() throws Exception {
    code("once", OptionalLong.of(1));
    List<Boolean> in =
        inParallel(4, thread -> enrol("once", "a" + thread, "k" + thread).isPresent());
    assertEquals(1, in.stream().filter(each -> each).count());
    assertEquals(1, catalog.enrolmentCodes().newest(1).get(0).uses());
    assertEquals(1, catalog.identities().count());
  }

  @Test
  final void codeThatDoesNotInviteLetsNobodyIn() {
    EnrolmentCodeEntry gone = code("gone", OptionalLong.empty());
    catalog.enrolmentCodes().takeBack(gone.number(), LATER);
    assertEquals(Optional.empty(), enrol("gone", "agent", "key"));
    assertEquals(Optional.empty(), enrol("unknown", "agent", "key"));
    code("late", OptionalLong.empty());
    IdentityEntry late =
        new IdentityEntry(
            0,
            Samples.digest("agent"),
            Samples.digest("key"),
            "pc",
            "1.0",
            EXPIRY.plusSeconds(1),
            OptionalLong.empty(),
            OptionalLong.empty(),
            EXPIRY.plusSeconds(1),
            HOME,
            false,
            Optional.empty());
    assertEquals(
        Optional.empty(), catalog.identities().enrol(Samples.digest("late"), late, word(1)));
    assertEquals(0, catalog.identities().count());
  }

  @Test
  final void pcThatComesAgainWithItsKeyCostsNoUse() {
    code("once", OptionalLong.of(1));
    IdentityEntry first = enrol("once", "agent", "key").orElseThrow();
    IdentityEntry again =
        catalog
            .identities()
            .enrol(Samples.digest("once"), identity("agent", "key", OptionalLong.empty()), word(2))
            .orElseThrow();
    assertEquals(first, again);
    assertFalse(catalog.identities().hasWord(first.number(), word(1)));
    assertTrue(catalog.identities().hasWord(first.number(), word(2)));
    assertEquals(1, catalog.enrolmentCodes().newest(1).get(0).uses());
    assertEquals(Optional.empty(), enrol("once", "another", "key"), "the key is not its own");
    code("other", OptionalLong.empty());
    assertEquals(Optional.empty(), enrol("other", "agent", "key"), "another code");
  }

  @Test
  final void lineageGoesOnFromTheWordBeforeUntilTheNextIsConfirmed() {
    IdentityTable identities = catalog.identities();
    long number = enrolled("agent", "key").number();
    assertTrue(identities.step(number, word(1), word(2), LATER, "192.0.2.9"));
    assertTrue(
        identities.step(number, word(1), word(3), LATER, "192.0.2.9"), "its answer was lost");
    assertFalse(identities.hasWord(number, word(2)));
    assertFalse(identities.confirm(number, word(2), LATER), "replaced meanwhile");
    assertTrue(identities.hasWord(number, word(1)));
    assertTrue(identities.confirm(number, word(3), LATER));
    assertFalse(identities.hasWord(number, word(1)));
    assertFalse(identities.step(number, word(1), word(4), LATER, "192.0.2.9"));
    assertTrue(identities.step(number, word(3), word(5), LATER, "192.0.2.9"));
    assertTrue(identities.step(number, word(5), word(6), LATER, "192.0.2.9"), "unconfirmed, kept");
    IdentityEntry seen = identities.find(number).orElseThrow();
    assertEquals(LATER, seen.seenAt());
    assertEquals("192.0.2.9", seen.seenAddress());
  }

  @Test
  final void ofTwoThatComeWithOneWordOneIsConfirmed() throws Exception {
    long number = enrolled("agent", "key").number();
    List<Boolean> confirmed =
        inParallel(
            2,
            copy -> {
              catalog.identities().step(number, word(1), word(10 + copy), LATER, HOME);
              return catalog.identities().confirm(number, word(10 + copy), LATER);
            });
    assertEquals(1, confirmed.stream().filter(each -> each).count());
  }

  @Test
  final void revokedIdentityDoesNothingMore() {
    IdentityTable identities = catalog.identities();
    IdentityEntry identity = enrolled("agent", "key");
    assertTrue(identities.revoke(identity.number(), LATER));
    assertFalse(identities.revoke(identity.number(), EXPIRY));
    reopen();
    assertEquals(Optional.of(new Revocation(LATER, Reason.REVOKED)), read(identity).revoked());
    identities = catalog.identities();
    assertFalse(identities.step(identity.number(), word(1), word(2), LATER, HOME));
    assertFalse(identities.confirm(identity.number(), word(1), LATER));
    assertFalse(identities.wantRekey(identity.number()));
    assertFalse(identities.revoke(999, LATER));
    assertEquals(Optional.empty(), enrol("open", "agent", "key"));
    assertEquals(
        Optional.empty(),
        identities.renew(identity("agent", "new", OptionalLong.of(identity.number())), word(3)));
  }

  @Test
  final void renewedKeyReplacesTheOldOneOfTheAgentWhenItIsConfirmed() {
    IdentityTable identities = catalog.identities();
    IdentityEntry old = enrolled("agent", "key");
    assertTrue(identities.wantRekey(old.number()));
    assertTrue(read(old).rekeyWanted());
    OptionalLong parent = OptionalLong.of(old.number());
    IdentityEntry lost = identities.renew(identity("agent", "lost", parent), word(2)).orElseThrow();
    IdentityEntry next = identities.renew(identity("agent", "next", parent), word(3)).orElseThrow();
    IdentityEntry clone = identities.renew(identity("clone", "own", parent), word(4)).orElseThrow();
    assertEquals(Optional.empty(), identities.renew(identity("x", "own", parent), word(5)));
    assertEquals(parent, next.parent());
    assertTrue(read(old).valid());
    assertTrue(identities.confirm(clone.number(), word(4), LATER));
    assertTrue(read(old).valid(), "another agent takes nothing away");
    assertTrue(identities.confirm(next.number(), word(3), LATER));
    Optional<Revocation> replaced = Optional.of(new Revocation(LATER, Reason.REPLACED));
    assertEquals(replaced, read(old).revoked());
    assertEquals(replaced, read(lost).revoked(), "a renewal whose answer was lost");
    assertTrue(read(next).valid());
    assertTrue(read(clone).valid());
  }
}
