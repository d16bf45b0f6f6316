package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where clients of this machine may do without TLS, and nobody else. */
class PlainOrTlsTest {
  private static final int ALERT_BYTES = 7;

  @TempDir static Path directory;
  private static TestCertificates certificates;
  private static Path server;
  private static Path client;

  @BeforeAll
  static void makeKeys() {
    certificates = new TestCertificates(directory);
    server = certificates.store("server", "EC", 0);
    client = certificates.store("client", "EC", 0);
  }

  private static String[] properties(String kind, String... others) {
    return Kinds.of(
        kind,
        Stream.concat(
                Stream.of(
                    "tls",
                    "pem",
                    "tlsCertificate",
                    certificates.certificate(server).toString(),
                    "tlsKey",
                    certificates.key(server).toString(),
                    "tlsClientCertificates",
                    "required",
                    "tlsTrust",
                    certificates.certificate(client).toString(),
                    "tlsExempt",
                    "loopback"),
                Stream.of(others))
            .toArray(String[]::new));
  }

  private static SSLContext context() {
    return TestCertificates.client(server, client);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void theFirstByteOfANeighbourDecides(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, properties(kind));
      assertTrue(endpoint.isSecure());
      try (Socket plain = Adapter.connect(endpoint);
          SSLSocket secured = TlsClients.connect(endpoint, context())) {
        say(plain, "plain");
        assertEquals("plain", answer(plain, 5));
        say(secured, "secured");
        assertEquals("secured", answer(secured, 7));
        say(plain, "more");
        assertEquals("more", answer(plain, 4));
      }
      assertEquals(CloseReason.PEER, echo.reasons.take());
      assertEquals(CloseReason.PEER, echo.reasons.take());
      assertFalse(echo.connections.get(0).secure());
      assertEquals(List.of(), echo.connections.get(0).certificates());
      assertEquals(9, echo.connections.get(0).bytesRead());
      assertTrue(echo.connections.get(1).secure());
      assertEquals(1, echo.connections.get(1).certificates().size());
    }
  }

  /** A message is what a read brought, the byte that was looked at with the rest. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void theFirstMessageStaysWhole(String kind) throws Exception {
    RecordingListener listener = new RecordingListener();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, properties(kind));
      try (Socket plain = Adapter.connect(endpoint)) {
        say(plain, "one");
        assertEquals("opened", listener.events.take());
        assertEquals("message one", listener.events.take());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void whoEndsWithoutAByteIsAnOrdinaryPlainClient(String kind) throws Exception {
    RecordingListener listener = new RecordingListener();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, properties(kind));
      try (Socket plain = Adapter.connect(endpoint)) {
        plain.shutdownOutput();
        assertEquals(-1, plain.getInputStream().read());
      }
      assertEquals(CloseReason.PEER, listener.reasons.take());
      assertEquals(0, endpoint.getFailed());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "event-loop, firstByteTimeout, handshakeTimeout",
    "event-loop, handshakeTimeout, firstByteTimeout",
    "thread, firstByteTimeout, handshakeTimeout",
    "thread, handshakeTimeout, firstByteTimeout"
  })
  void whoStaysSilentMeetsTheShorterDeadline(String kind, String deadline, String other)
      throws Exception {
    RecordingListener listener = new RecordingListener();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, properties(kind, deadline, "PT0.3S", other, "PT1H"));
      try (Socket silent = Adapter.connect(endpoint)) {
        assertEquals(-1, silent.getInputStream().read());
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getTimedOut()));
      assertEquals(0, listener.events.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void aHandshakeThatBeginsAndStopsMeetsItsDeadline(String kind) throws Exception {
    RecordingListener listener = new RecordingListener();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, properties(kind, "handshakeTimeout", "PT0.3S"));
      try (Socket slow = Adapter.connect(endpoint)) {
        slow.getOutputStream().write(0x16);
        assertEquals(-1, slow.getInputStream().read());
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getTimedOut()));
      assertEquals(0, listener.events.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void tlsMayBeginByteByByte(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(RecordingListener.echo(), properties(kind));
      try (SSLSocket socket = TlsClients.over(new DrippingSocket(endpoint.getPort()), context())) {
        assertEquals('x', TlsClients.exchange(socket));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void everybodyElseMustSpeakTls(String kind) throws Exception {
    InetAddress own = ownAddress();
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, properties(kind, "bindAddress", "0.0.0.0"));
      try (Socket plain = connect(own, endpoint)) {
        say(plain, "plain");
        readToEnd(plain);
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
      assertEquals(0, echo.events.size());
      try (SSLSocket socket = TlsClients.over(connect(own, endpoint), context())) {
        assertEquals('x', TlsClients.exchange(socket));
      }
    }
  }

  /** What a header says is for the listener; only the socket's own peer is believed. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void noHeaderMakesANeighbourOfAStranger(String kind) throws Exception {
    InetAddress own = ownAddress();
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              echo, properties(kind, "bindAddress", "0.0.0.0", "proxyProtocol", "true"));
      try (Socket stranger = connect(own, endpoint)) {
        say(stranger, "PROXY TCP4 127.0.0.1 127.0.0.1 5 6\r\nplain");
        readToEnd(stranger);
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
      assertEquals(0, echo.events.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void behindAHeaderAProxyOfThisMachineMayBePlainOrTls(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, properties(kind, "proxyProtocol", "true"));
      try (Socket plain = Adapter.connect(endpoint)) {
        say(plain, "PROXY TCP4 192.0.2.7 192.0.2.9 5 443\r\nhello");
        assertEquals("hello", answer(plain, 5));
      }
      Socket secured = Adapter.connect(endpoint);
      say(secured, "PROXY TCP4 192.0.2.8 192.0.2.9 5 443\r\n");
      try (SSLSocket socket = TlsClients.over(secured, context())) {
        assertEquals('x', TlsClients.exchange(socket));
      }
      assertEquals("/192.0.2.7:5", echo.connections.get(0).remoteAddress().toString());
      assertFalse(echo.connections.get(0).secure());
      assertEquals("/192.0.2.8:5", echo.connections.get(1).remoteAddress().toString());
      assertTrue(echo.connections.get(1).secure());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void whoIsOneTooManyAfterItsHeaderIsTurnedAwayWithoutAWord(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              properties(
                  kind,
                  "proxyProtocol",
                  "true",
                  "maxConnectionsPerAddress",
                  "1",
                  "refusal",
                  "full"));
      String header = "PROXY TCP4 192.0.2.7 192.0.2.9 5 443\r\n";
      try (Socket first = Adapter.connect(endpoint);
          Socket second = Adapter.connect(endpoint)) {
        say(first, header + "hello");
        assertEquals("hello", answer(first, 5));
        say(second, header);
        assertEquals("", answer(second, 4));
        assertEquals(1, endpoint.getRefused());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void aStopDoesNotWaitForAFirstByte(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(RecordingListener.echo(), properties(kind, "drainTimeout", "PT1H"));
      try (Socket silent = Adapter.connect(endpoint);
          Socket known = Adapter.connect(endpoint)) {
        // Accepted after the silent one, so that one is known too.
        assertEquals('x', TlsClients.exchange(known));
        adapter.adapter.stop();
        readToEnd(silent);
      }
    }
  }

  /** Where all addresses are listened on, an old address may come in the clothes of a new one. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void loopbackIsLoopbackOnAPortOfBothFamilies(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, properties(kind, "bindAddress", "::"));
      try (Socket plain = connect(InetAddress.getByName("127.0.0.1"), endpoint)) {
        say(plain, "plain");
        assertEquals("plain", answer(plain, 5));
      }
    }
  }

  /** The end may be an alert of TLS first, or a reset. */
  private static void readToEnd(Socket socket) {
    try {
      assertTrue(socket.getInputStream().readAllBytes().length <= ALERT_BYTES);
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the connection is still open", open);
    } catch (IOException reset) {
      assertFalse(reset.getMessage().isEmpty());
    }
  }

  private static Socket connect(InetAddress address, TcpEndpointMXBean endpoint)
      throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(address, endpoint.getPort()), 20_000);
    return socket;
  }

  /** Who dials this machine by an address of its own comes from that address. */
  private static InetAddress ownAddress() throws IOException {
    Optional<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst();
    Assumptions.assumeTrue(own.isPresent(), "this machine has only loopback addresses");
    return own.orElseThrow();
  }
}
