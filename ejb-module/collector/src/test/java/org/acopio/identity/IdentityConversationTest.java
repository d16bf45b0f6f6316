package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.IdentityEntry;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Reason;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.IdentityMessage.RenewalWanted;
import org.acopio.remote.IdentityMessage.Why;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server answers a PC that wants to be known, message by message. */
class IdentityConversationTest {
  private static final String HOME = "192.0.2.7";

  @TempDir Path folder;

  private final TurnableClock clock = new TurnableClock();
  private final List<String> audit = Collections.synchronizedList(new ArrayList<>());
  private Catalog catalog;
  private ServerIdentity server;
  private Identities identities;

  /** A clock that the test turns. */
  private static final class TurnableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** One conversation: the server serves it in a thread of its own. */
  private final class Talk implements AutoCloseable {
    private final Socket socket;
    private final Thread serving;

    Talk(String address, Optional<PublicKey> shown) throws IOException {
      try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept();
        serving =
            new Thread(
                () -> {
                  try (accepted) {
                    accepted.setTcpNoDelay(true);
                    identities
                        .conversation(address, shown)
                        .serve(accepted.getInputStream(), accepted.getOutputStream());
                  } catch (IOException e) {
                    audit.add("broken");
                  }
                });
        serving.start();
      }
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
    }

    IdentityMessage say(IdentityMessage message) throws IOException {
      message.write(socket.getOutputStream());
      return IdentityMessage.read(socket.getInputStream());
    }

    <T extends IdentityMessage> T say(IdentityMessage message, Class<T> expected)
        throws IOException {
      return assertInstanceOf(expected, say(message));
    }

    void expectEnd() {
      assertThrows(EOFException.class, () -> IdentityMessage.read(socket.getInputStream()));
    }

    @Override
    public void close() throws IOException {
      socket.close();
      try {
        serving.join(30_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertFalse(serving.isAlive());
    }
  }

  @BeforeEach
  void start() {
    catalog = open();
    server = ServerIdentity.open(folder);
    identities =
        new Identities(
            server,
            catalog,
            clock,
            clock,
            (address, deed) -> audit.add(deed.code() + " " + address + " " + deed.result()));
  }

  private Catalog open() {
    return Catalog.open(
        new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "secret", 4));
  }

  @AfterEach
  void stop() {
    catalog.close();
  }

  private EnrolmentCode code() {
    return identities.codes().make("ana", EnrolmentCodes.LASTS, OptionalLong.empty()).code();
  }

  private Talk stranger() throws IOException {
    return new Talk(HOME, Optional.empty());
  }

  private Talk known(Pc pc) throws IOException {
    return new Talk(HOME, Optional.of(pc.keys.getPublic()));
  }

  /** Enrols a PC; what it was given. */
  private Issued enrolled(Pc pc) throws Exception {
    try (Talk talk = stranger()) {
      Issued issued = talk.say(pc.enrol(code().secret(), server), Issued.class);
      talk.say(new Confirm(), Done.class);
      talk.expectEnd();
      return issued;
    }
  }

  private byte[] checkedIn(Pc pc, byte[] word) throws Exception {
    try (Talk talk = known(pc)) {
      Next next = talk.say(new CheckIn(word), Next.class);
      talk.say(new Confirm(), Done.class);
      return next.lineage();
    }
  }

  private void assertRefused(Why why, IdentityMessage answer) {
    assertEquals(why, assertInstanceOf(IdentityRefused.class, answer).why());
  }

  @Test
  void invitedPcIsGivenACertificateOfTheAuthority() throws Exception {
    Pc pc = new Pc("agent");
    Issued issued = enrolled(pc);
    assertArrayEquals(server.authority(), issued.authority());
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(issued.certificate()));
    assertEquals(pc.keys.getPublic(), certificate.getPublicKey());
    assertEquals("CN=" + pc.agent, certificate.getSubjectX500Principal().getName());
    assertEquals(pc.agent, identities.certified(pc.keys.getPublic()).orElseThrow().agent());
    IdentityEntry entry = identities.page(0, 1).get(0);
    assertEquals("pc-1", entry.hostName());
    assertEquals(HOME, entry.seenAddress());
    assertEquals(List.of("identity.enrol " + HOME + " done"), audit);
    assertEquals(1, identities.codes().newest().get(0).uses());
  }

  @Test
  void wrongCodeIsRefusedEverMoreSlowly() throws Exception {
    Pc pc = new Pc("agent");
    byte[] wrong = new byte[EnrolmentCode.SECRET_BYTES];
    EnrolmentCode right = code();
    for (int i = 0; i < Identities.FREE_TRIES; i++) {
      try (Talk talk = stranger()) {
        assertRefused(Why.CODE_UNKNOWN, talk.say(pc.enrol(wrong, server)));
        talk.expectEnd();
      }
    }
    try (Talk talk = stranger()) {
      assertRefused(Why.TOO_MANY_ATTEMPTS, talk.say(pc.enrol(right.secret(), server)));
    }
    try (Talk elsewhere = new Talk("192.0.2.8", Optional.empty())) {
      elsewhere.say(new Pc("other").enrol(right.secret(), server), Issued.class);
    }
    clock.now = clock.now.plusSeconds(2);
    try (Talk talk = stranger()) {
      talk.say(pc.enrol(right.secret(), server), Issued.class);
    }
    assertTrue(audit.contains("identity.enrol.failed " + HOME + " unknown"));
  }

  @Test
  void codeThatWasTakenBackOrExpiredInvitesNobody() throws Exception {
    EnrolmentCodes.Made gone =
        identities.codes().make("ana", EnrolmentCodes.LASTS, OptionalLong.empty());
    assertTrue(identities.codes().takeBack(gone.entry().number()));
    EnrolmentCode late = code();
    Pc pc = new Pc("agent");
    try (Talk talk = stranger()) {
      assertRefused(Why.CODE_UNKNOWN, talk.say(pc.enrol(gone.code().secret(), server)));
    }
    clock.now = clock.now.plus(EnrolmentCodes.LASTS);
    try (Talk talk = stranger()) {
      assertRefused(Why.CODE_UNKNOWN, talk.say(pc.enrol(late.secret(), server)));
    }
    assertEquals(0, identities.count());
  }

  @Test
  void pcWhoseAnswerWasLostEnrolsAgainWithTheSameKey() throws Exception {
    EnrolmentCode once =
        identities.codes().make("ana", Duration.ofDays(1), OptionalLong.of(1)).code();
    Pc pc = new Pc("agent");
    try (Talk talk = stranger()) {
      talk.say(pc.enrol(once.secret(), server), Issued.class);
    }
    Issued second;
    try (Talk talk = stranger()) {
      second = talk.say(pc.enrol(once.secret(), server), Issued.class);
      talk.say(new Confirm(), Done.class);
    }
    checkedIn(pc, second.lineage());
    assertEquals(1, identities.count());
    try (Talk talk = stranger()) {
      assertRefused(Why.CODE_UNKNOWN, talk.say(new Pc("b").enrol(once.secret(), server)));
    }
  }

  @Test
  void keyThatIsNotProvenIsRefused() throws Exception {
    EnrolmentCode code = code();
    Pc pc = new Pc("agent");
    Pc thief = new Pc("agent");
    Pc other = new Pc("agent", "secp384r1");
    byte[] off = pc.publicKey();
    off[off.length - 1] ^= 1;
    for (Enrol enrol :
        List.of(
            enrol(code, pc.publicKey(), thief.proof(server)),
            enrol(code, pc.publicKey(), new byte[0]),
            enrol(code, pc.publicKey(), pc.proof(ServerIdentity.open(folder.resolve("other")))),
            enrol(code, other.publicKey(), other.proof(server)),
            enrol(code, new byte[0], pc.proof(server)),
            enrol(code, off, pc.proof(server)))) {
      try (Talk talk = stranger()) {
        assertRefused(Why.BAD_REQUEST, talk.say(enrol));
      }
    }
    assertEquals(0, identities.count());
  }

  private static Enrol enrol(EnrolmentCode code, byte[] publicKey, byte[] proof) {
    return new Enrol(code.secret(), new Pc("agent").agent, publicKey, proof, "pc", "1");
  }

  @Test
  void blockedAgentIsRefusedEverywhere() throws Exception {
    Pc pc = new Pc("agent");
    Issued issued = enrolled(pc);
    long number = catalog.agent(pc.agent, "pc-1", "1.0", clock.instant());
    catalog.agents().block(number, true);
    try (Talk talk = stranger()) {
      assertRefused(Why.AGENT_BLOCKED, talk.say(pc.enrol(code().secret(), server)));
    }
    try (Talk talk = known(pc)) {
      assertRefused(Why.AGENT_BLOCKED, talk.say(new CheckIn(issued.lineage())));
    }
  }

  @Test
  void agentGoesOnFromWordToWord() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = enrolled(pc).lineage();
    for (int run = 0; run < 3; run++) {
      word = checkedIn(pc, word);
    }
    assertEquals(1, identities.count());
  }

  @Test
  void lostAnswerOrConfirmationCostsNothing() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = enrolled(pc).lineage();
    try (Talk lost = known(pc)) {
      lost.say(new CheckIn(word), Next.class);
    }
    byte[] unconfirmed;
    try (Talk kept = known(pc)) {
      unconfirmed = kept.say(new CheckIn(word), Next.class).lineage();
    }
    checkedIn(pc, checkedIn(pc, unconfirmed));
    assertEquals(1, identities.count());
  }

  @Test
  void copyOfAPcBecomesAnAgentOfItsOwn() throws Exception {
    Pc original = new Pc("agent");
    byte[] word = enrolled(original).lineage();
    byte[] next = checkedIn(original, word);
    Pc copy = new Pc("own");
    byte[] copysWord;
    try (Talk talk = known(original)) {
      assertEquals(Reason.CLONE, talk.say(new CheckIn(word), RenewalWanted.class).reason());
      copysWord = talk.say(copy.renew(server), Issued.class).lineage();
      talk.say(new Confirm(), Done.class);
    }
    checkedIn(original, next);
    checkedIn(copy, copysWord);
    assertEquals(copy.agent, identities.certified(copy.keys.getPublic()).orElseThrow().agent());
    assertEquals(
        OptionalLong.of(identities.page(1, 1).get(0).number()),
        identities.page(0, 1).get(0).parent());
    assertTrue(audit.contains("identity.clone " + HOME + " noticed"), audit::toString);
    assertTrue(audit.contains("identity.clone " + HOME + " done"), audit::toString);
  }

  @Test
  void ofTwoCopiesThatCheckInAtOnceOneIsToldApart() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = enrolled(pc).lineage();
    try (Talk one = known(pc);
        Talk two = known(pc)) {
      one.say(new CheckIn(word), Next.class);
      two.say(new CheckIn(word), Next.class);
      assertEquals(Reason.CLONE, one.say(new Confirm(), RenewalWanted.class).reason());
      two.say(new Confirm(), Done.class);
      one.say(new Pc("own").renew(server), Issued.class);
      one.say(new Confirm(), Done.class);
    }
    assertEquals(2, identities.count());
  }

  @Test
  void copyCannotKeepTheAgentAndOriginalCannotLeaveIt() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = checkedIn(pc, enrolled(pc).lineage());
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(new byte[16]), RenewalWanted.class);
      assertRefused(Why.BAD_REQUEST, talk.say(new Pc("agent").renew(server)));
    }
    identities.rekey(identities.page(0, 1).get(0).number());
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(word), RenewalWanted.class);
      assertRefused(Why.BAD_REQUEST, talk.say(new Pc("other").renew(server)));
    }
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(word), RenewalWanted.class);
      assertRefused(Why.BAD_REQUEST, talk.say(pc.renew(server)));
    }
    assertEquals(1, identities.count());
  }

  @Test
  void rekeyedAgentLeavesItsOldKeyBehind() throws Exception {
    Pc old = new Pc("agent");
    byte[] word = enrolled(old).lineage();
    assertTrue(identities.rekey(identities.page(0, 1).get(0).number()));
    Pc renewed = new Pc("agent");
    AtomicInteger closed = new AtomicInteger();
    assertTrue(identities.admit(old.keys.getPublic(), closed::incrementAndGet).isPresent());
    byte[] next;
    try (Talk talk = known(old)) {
      assertEquals(Reason.REKEY, talk.say(new CheckIn(word), RenewalWanted.class).reason());
      next = talk.say(renewed.renew(server), Issued.class).lineage();
      assertTrue(identities.certified(old.keys.getPublic()).isPresent(), "not confirmed yet");
      talk.say(new Confirm(), Done.class);
    }
    checkedIn(renewed, next);
    assertEquals(1, closed.get());
    assertEquals(Optional.empty(), identities.certified(old.keys.getPublic()));
    try (Talk talk = known(old)) {
      assertRefused(Why.KEY_REVOKED, talk.say(new CheckIn(word)));
    }
    assertTrue(audit.contains("identity.renew " + HOME + " done"), audit::toString);
  }

  @Test
  void lostConfirmationOfARenewalIsMadeUpForByTheNextCheckIn() throws Exception {
    Pc old = new Pc("agent");
    byte[] word = enrolled(old).lineage();
    identities.rekey(identities.page(0, 1).get(0).number());
    Pc renewed = new Pc("agent");
    byte[] next;
    try (Talk talk = known(old)) {
      talk.say(new CheckIn(word), RenewalWanted.class);
      next = talk.say(renewed.renew(server), Issued.class).lineage();
    }
    checkedIn(renewed, next);
    assertEquals(Optional.empty(), identities.certified(old.keys.getPublic()));
  }

  @Test
  void revocationEndsConnectionsAndTellsWhoseTheyWere() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = enrolled(pc).lineage();
    long number = identities.page(0, 1).get(0).number();
    AtomicInteger closed = new AtomicInteger();
    List<Sha256> ended = new ArrayList<>();
    identities.whenRevoked(ended::add);
    assertTrue(identities.admit(pc.keys.getPublic(), closed::incrementAndGet).isPresent());
    Runnable over = closed::incrementAndGet;
    identities.left(identities.admit(pc.keys.getPublic(), over).orElseThrow(), over);
    assertTrue(identities.revoke(number));
    assertFalse(identities.revoke(number));
    assertFalse(identities.revoke(999));
    assertTrue(closed.get() >= 1);
    assertEquals(pc.agent, ended.get(0));
    assertEquals(Optional.empty(), identities.admit(pc.keys.getPublic(), over));
    try (Talk talk = known(pc)) {
      assertRefused(Why.KEY_REVOKED, talk.say(new CheckIn(word)));
    }
    try (Talk talk = stranger()) {
      assertRefused(Why.CODE_UNKNOWN, talk.say(pc.enrol(code().secret(), server)));
    }
  }

  @Test
  void strangerCannotCheckIn() throws Exception {
    try (Talk talk = stranger()) {
      assertRefused(Why.KEY_UNKNOWN, talk.say(new CheckIn(new byte[16])));
    }
    try (Talk talk = known(new Pc("nobody"))) {
      assertRefused(Why.KEY_UNKNOWN, talk.say(new CheckIn(new byte[16])));
    }
  }

  @Test
  void messageOutOfTurnIsRefused() throws Exception {
    Pc pc = new Pc("agent");
    byte[] word = enrolled(pc).lineage();
    for (IdentityMessage first :
        List.of(new Confirm(), new Done(), pc.renew(server), new Next(new byte[16]))) {
      try (Talk talk = known(pc)) {
        assertRefused(Why.BAD_REQUEST, talk.say(first));
        talk.expectEnd();
      }
    }
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(word), Next.class);
      assertRefused(Why.BAD_REQUEST, talk.say(new CheckIn(word)));
    }
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(new byte[16]), RenewalWanted.class);
      assertRefused(Why.BAD_REQUEST, talk.say(new Confirm()));
    }
  }

  @Test
  void bytesThatAreNoMessageAreToldSo() throws Exception {
    for (byte[] bytes :
        List.of(
            new byte[] {0, 0, 0, 1, 99},
            new byte[] {0, 0, 0, 0},
            new byte[] {127, 0, 0, 0},
            new byte[] {0, 0, 0, 4, 2, 0, 9, 1},
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
      try (Talk talk = stranger()) {
        talk.socket.getOutputStream().write(bytes);
        assertRefused(Why.BAD_REQUEST, IdentityMessage.read(talk.socket.getInputStream()));
        talk.expectEnd();
      }
    }
  }

  @Test
  void catalogThatIsAwayIsToldAsUnavailable() throws Exception {
    byte[] secret = code().secret();
    catalog.close();
    try (Talk talk = stranger()) {
      assertRefused(Why.UNAVAILABLE, talk.say(new Pc("agent").enrol(secret, server)));
    }
    catalog = open();
  }

  @Test
  void renewalThatIsNoRenewalChangesNothing() throws Exception {
    Pc pc = new Pc("agent");
    enrolled(pc);
    Pc own = new Pc("own");
    try (Talk talk = known(pc)) {
      talk.say(new CheckIn(new byte[16]), RenewalWanted.class);
      assertRefused(
          Why.BAD_REQUEST,
          talk.say(new Renew(own.agent, own.publicKey(), new byte[70], "pc", "1")));
    }
    assertEquals(1, identities.count());
  }
}
