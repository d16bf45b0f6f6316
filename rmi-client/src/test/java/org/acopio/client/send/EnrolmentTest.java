package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.acopio.client.scan.MediaFile;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.FileCollector;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PC and a server that get to know each other, over TLS, and what can be wrong with that. */
class EnrolmentTest extends SenderFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestAuthority authority = new TestAuthority("Acopio authority");
  private FakeCollector collector;
  private SecureFront front;
  private FakeServer server;
  private Path journal;

  @BeforeEach
  void serve() throws Exception {
    journal = Files.createDirectory(folder.resolve("journal"));
    front = new SecureFront(authority);
    server = serve(front);
  }

  private FakeServer serve(SecureFront front) throws Exception {
    return serve(front, FakeServer.freePort());
  }

  private FakeServer serve(SecureFront front, int port) throws Exception {
    collector = collector(FakeCollector.Limits.USUAL);
    FakeServer started = FakeServer.start(Map.of(FileCollector.NAME, collector), port, front);
    toClose.add(started);
    toClose.add(front::join);
    return started;
  }

  private Identities identities() {
    return Identities.in(journal);
  }

  private Enrolment.Enrolled enrol(ServerAddress at, EnrolmentCode code, Duration patience)
      throws SendException {
    return Enrolment.at(
        at,
        new Enrolment.Request(
            Invitation.parse(code.text()).orElseThrow(),
            KEY,
            "0-test",
            "here",
            identities(),
            patience),
        heard);
  }

  private void enrol() throws Exception {
    enrol(server.address(), front.registrar.invite(), PATIENCE);
  }

  private Sender.Options options(Path journal) {
    return new Sender.Options(KEY, "0-test", "here", Identities.in(journal), 4, PATIENCE, true);
  }

  private SendSummary run(Path journal) throws Exception {
    return run(journal, heard);
  }

  private SendSummary run(Path journal, SendListener listener) throws Exception {
    try (Sender sender =
        new Sender(server.address(), options(journal), listener, Duration.ofMillis(5))) {
      sender.prepare();
      return sender.send(List.of(file("file" + collector.agents.size(), 300_000, 1)));
    }
  }

  private static SendException refused(org.junit.jupiter.api.function.Executable call) {
    SendException e = assertThrows(SendException.class, call);
    assertEquals(SendException.Kind.REFUSED, e.kind(), e::getMessage);
    return e;
  }

  private List<String> lastAgents() {
    return collector.agents.stream().map(Object::toString).toList();
  }

  @Test
  void anEnrolledPcSendsOverTlsOnly() throws Exception {
    EnrolmentCode code = front.registrar.invite();
    Enrolment.Enrolled enrolled = enrol(server.address(), code, PATIENCE);

    assertEquals(AgentKeys.id(KEY).toString(), enrolled.agent());
    assertTrue(enrolled.directory().startsWith(journal.resolve("identity")));
    assertTrue(enrolled.authority().startsWith(enrolled.directory().getFileName().toString()));
    try (Sender sender = new Sender(server.address(), options(journal), heard)) {
      sender.prepare();
      sender.warmUp();
      List<MediaFile> files = List.of(file("a", 3_000_000, 1), file("b", 10, 2));
      assertTrue(sender.send(files).complete());
      assertStored(collector, files);
    }
    assertEquals(List.of("Enrol", "Confirm", "CheckIn", "Confirm"), front.registrar.events);
    assertEquals(IdentityMessage.ALPN, front.admitted.get(0));
    assertTrue(front.admitted.contains(IdentityMessage.CALLS_ALPN));
  }

  @Test
  void runsCheckInOnceAndGoOnWithTheWordTheyWereGiven() throws Exception {
    enrol();
    for (int i = 0; i < 3; i++) {
      front.registrar.events.clear();
      assertTrue(run(journal).complete());
      assertEquals(List.of("CheckIn", "Confirm"), front.registrar.events);
    }
    assertEquals(List.of(), List.copyOf(heard.identities));
  }

  @Test
  void aServerThatTheCodeDoesNotNameGetsNothing() throws Exception {
    EnrolmentCode code = EnrolmentCode.of(new byte[] {1}, new byte[10]);
    SendException e = refused(() -> enrol(server.address(), code, PATIENCE));
    assertEquals(ServerTrouble.Code.OTHER_SERVER_THAN_CODE, e.trouble().code());
    assertEquals(List.of(), front.registrar.events);
    assertFalse(Files.exists(journal.resolve("identity")));
  }

  @Test
  void anUnknownCodeIsRefusedAndLeavesNothing() throws Exception {
    EnrolmentCode code =
        EnrolmentCode.of(
            authority.certificate.getEncoded(), new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
    SendException e = refused(() -> enrol(server.address(), code, PATIENCE));
    assertEquals(ServerTrouble.Code.CODE_UNKNOWN, e.trouble().code());
    assertEquals("the server's words", e.trouble().detail());
    assertFalse(Files.exists(journal.resolve("identity")));
  }

  @Test
  void aServerWithoutTlsIsTold() throws Exception {
    FakeServer plain = serve(collector(FakeCollector.Limits.USUAL));
    EnrolmentCode code = front.registrar.invite();
    SendException e =
        assertThrows(
            SendException.class, () -> enrol(plain.address(), code, Duration.ofMillis(300)));
    assertEquals(ServerTrouble.Code.NOT_SECURE, e.trouble().code());
  }

  @Test
  void whatAnswersInAnotherLanguageIsTold() throws Exception {
    EnrolmentCode code = front.registrar.invite();
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread web =
          new Thread(
              () -> {
                try (Socket socket = listening.accept()) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // The agent hangs up.
                  return;
                }
              });
      web.start();
      SendException e =
          refused(
              () ->
                  enrol(new ServerAddress("127.0.0.1", listening.getLocalPort()), code, PATIENCE));
      assertEquals(ServerTrouble.Code.NOT_SECURE, e.trouble().code());
      web.join();
    }
  }

  @Test
  void aServerOfAnotherAuthorityGetsNothing() throws Exception {
    enrol();
    int port = server.address().port();
    server.stop();
    SecureFront impostor = new SecureFront(new TestAuthority("Acopio authority"));
    FakeServer other = serve(impostor, port);

    SendException e = refused(() -> run(journal));
    assertEquals(ServerTrouble.Code.OTHER_AUTHORITY, e.trouble().code());
    e = refused(() -> ServerConnection.open(other.address(), identities(), PATIENCE, heard));
    assertEquals(ServerTrouble.Code.OTHER_AUTHORITY, e.trouble().code());
    assertEquals(List.of(), impostor.registrar.events);
    assertEquals(List.of(), impostor.admitted);
    server.start(FakeServer.freePort());
  }

  /** Each enrolled PC has a certificate of the authority; that makes no server of it. */
  @Test
  void anotherPcCannotPoseAsTheServer() throws Exception {
    enrol();
    int port = server.address().port();
    server.stop();
    KeyPair pair = AgentKeys.pair();
    serve(new SecureFront(authority, pair, authority.agent("other", pair.getPublic())), port);

    SendException e = refused(() -> run(journal));
    assertEquals(ServerTrouble.Code.OTHER_AUTHORITY, e.trouble().code());
    server.start(FakeServer.freePort());
  }

  @Test
  void noClockLocksAnybodyOut() throws Exception {
    KeyPair pair = AgentKeys.pair();
    Instant past = Instant.parse("2001-01-01T00:00:00Z");
    front = new SecureFront(authority, pair, authority.server(pair.getPublic(), past));
    server = serve(front);
    enrol();
    assertTrue(run(journal).complete());
  }

  @ParameterizedTest
  @EnumSource(
      value = Why.class,
      names = {"KEY_REVOKED", "KEY_UNKNOWN", "AGENT_BLOCKED"})
  void aPcThatTheServerDoesNotWantIsToldWhy(Why why) throws Exception {
    enrol();
    front.registrar.refuse(why);

    ServerTrouble.Code code = ServerTrouble.Code.valueOf(why.name());
    assertEquals(code, refused(() -> run(journal)).trouble().code());
    SendException e =
        refused(() -> ServerConnection.open(server.address(), identities(), PATIENCE, heard));
    assertEquals(code, e.trouble().code());
    assertEquals(List.of(), List.copyOf(collector.agents));
  }

  @Test
  void aPcThatIsRevokedInTheMiddleOfARunStops() throws Exception {
    enrol();
    collector.faults.onWrite =
        number -> {
          front.registrar.refuse(Why.KEY_REVOKED);
          server.cut();
        };
    assertEquals(ServerTrouble.Code.KEY_REVOKED, refused(() -> run(journal)).trouble().code());
  }

  @Test
  void aLostConnectionIsReplacedByASecureOne() throws Exception {
    enrol();
    AtomicBoolean cut = new AtomicBoolean();
    collector.faults.onWrite =
        number -> {
          if (number == 2) {
            server.cut();
            cut.set(true);
          }
        };
    assertTrue(run(journal).complete());
    assertTrue(cut.get());
    assertEquals(List.of(), heard.waits, "one lost connection says nothing of the server");
  }

  @Test
  void questionsGoOverTls() throws Exception {
    enrol();
    front.admitted.clear();
    try (ServerConnection connection =
        ServerConnection.open(server.address(), identities(), PATIENCE, heard)) {
      assertEquals("store-1", connection.status().storeId());
      server.stop();
      server.start();
      assertEquals("store-1", connection.status().storeId());
    }
    assertEquals(List.of(IdentityMessage.CALLS_ALPN), front.admitted.stream().distinct().toList());
  }

  @Test
  void aServerThatComesBackDuringTheCheckInIsWaitedFor() throws Exception {
    enrol();
    server.stop();
    Recorder starting =
        new Recorder() {
          @Override
          public synchronized void waiting(
              int attempt, Duration pause, Duration left, ServerTrouble trouble) {
            super.waiting(attempt, pause, left, trouble);
            if (attempt == 2) {
              try {
                server.start();
              } catch (RemoteException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    assertTrue(run(journal, starting).complete());
    assertEquals(List.of("1: NO_ANSWER", "2: NO_ANSWER"), starting.waits);
  }

  @Test
  void aNewKeyIsMadeWhenTheServerWantsOne() throws Exception {
    enrol();
    Identity before = identities().find(server.address()).orElseThrow().read();
    front.registrar.rekey();
    assertTrue(run(journal).complete());

    Identity after = identities().find(server.address()).orElseThrow().read();
    assertNotEquals(before.key(), after.key());
    assertEquals(List.of("rekeyed"), List.copyOf(heard.identities));
    assertEquals(1, front.registrar.valid());
    assertTrue(run(journal).complete());
    assertEquals(List.of(AgentKeys.id(KEY).toString()), lastAgents().stream().distinct().toList());
  }

  @Test
  void aCopyGetsAnIdentityOfItsOwnAndTheFirstGoesOn() throws Exception {
    enrol();
    assertTrue(run(journal).complete());
    Path copy = copy(journal);
    assertTrue(run(journal).complete());
    assertTrue(run(copy).complete());

    String own = lastAgents().get(2);
    assertNotEquals(AgentKeys.id(KEY).toString(), own);
    assertEquals(List.of("apart " + own), List.copyOf(heard.identities));
    assertTrue(run(journal).complete());
    assertTrue(run(copy).complete());
    String first = AgentKeys.id(KEY).toString();
    assertEquals(List.of(first, first, own, first, own), lastAgents());
    assertEquals(1, heard.identities.size());
  }

  private Path copy(Path journal) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(journal)) {
      for (Path each : all.toList()) {
        Path to = copy.resolve(journal.relativize(each).toString());
        Files.copy(each, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  /** No answer that is lost makes a copy of a PC, or locks it out. */
  @Test
  void lostAnswersCostNothing() throws Exception {
    enrol();
    for (Class<? extends IdentityMessage> lost : List.of(Next.class, Done.class)) {
      front.registrar.lost = Optional.of(lost);
      assertTrue(run(journal).complete(), lost::toString);
      assertEquals(Optional.empty(), front.registrar.lost);
    }
    front.registrar.rekey();
    front.registrar.lost = Optional.of(Done.class);
    assertTrue(run(journal).complete());
    assertTrue(run(journal).complete());
    assertEquals(List.of("rekeyed"), List.copyOf(heard.identities));
    assertFalse(front.registrar.events.contains("clone"));
  }

  @Test
  void anEnrolmentWhoseLastAnswerIsLostCounts() throws Exception {
    front.registrar.lost = Optional.of(Done.class);
    enrol();
    assertTrue(run(journal).complete());
  }

  @Test
  void anIdentityThatWasNotGivenIsNotKept() throws Exception {
    front.registrar.lost = Optional.of(Issued.class);
    EnrolmentCode code = front.registrar.invite();
    assertThrows(SendException.class, () -> enrol(server.address(), code, Duration.ZERO));
    assertFalse(Files.exists(journal.resolve("identity")));
  }

  @Test
  void withoutAnIdentityNothingLeavesThisMachine() throws Exception {
    ServerAddress elsewhere = new ServerAddress("192.0.2.1", 1099);
    Sender.Options options = options(journal);
    try (Sender sender = new Sender(elsewhere, options, heard)) {
      assertEquals(ServerTrouble.Code.NOT_ENROLLED, refused(sender::prepare).trouble().code());
      List<MediaFile> files = List.of(file("a", 1, 1));
      assertEquals(
          ServerTrouble.Code.NOT_ENROLLED, refused(() -> sender.send(files)).trouble().code());
    }
    SendException e =
        refused(() -> ServerConnection.open(elsewhere, identities(), PATIENCE, heard));
    assertEquals(ServerTrouble.Code.NOT_ENROLLED, e.trouble().code());
    Dialer dialer = Dialer.install();
    try (Line line = dialer.hold(elsewhere)) {
      AccessException refusal =
          assertThrows(
              AccessException.class,
              () -> dialer.learning(elsewhere, () -> dialer.createSocket("192.0.2.1", 1099)));
      assertEquals(ServerTrouble.Code.NOT_ENROLLED, refusal.code());
      assertEquals(0, line.sockets.size());
    }
    assertEquals(List.of(), heard.waits);
  }

  @Test
  void aDamagedIdentityEndsARunBeforeAnythingIsSent() throws Exception {
    enrol();
    Path own = identities().find(server.address()).orElseThrow().path();
    Files.writeString(own.resolve("agent.pem"), "no certificate");
    front.admitted.clear();
    SendException e = refused(() -> run(journal));
    assertEquals(ServerTrouble.Code.IDENTITY_DAMAGED, e.trouble().code());
    assertEquals(own.toString(), e.trouble().detail());
    assertEquals(List.of(), front.admitted);
  }

  /** A call that waits for its answer ends when somebody hangs up, over TLS too. */
  @Test
  void aSecureCallThatWaitsEndsWithItsLine() throws Exception {
    enrol();
    Dialer dialer = Dialer.install();
    try (Line line = dialer.hold(server.address())) {
      line.secure(Tls.of(identities().find(server.address()).orElseThrow().read()));
      Socket socket = dialer.learning(server.address(), () -> dialer.createSocket("127.0.0.1", 7));
      assertEquals(1, line.sockets.size());
      assertTrue(line.roundTrip().toNanos() > 0);
      Thread caller = new Thread(line::hangUp);
      caller.start();
      assertThrows(IOException.class, () -> readToTheEnd(socket));
      caller.join();
      assertEquals(0, line.sockets.size());
    }
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("ended");
    }
  }
}
