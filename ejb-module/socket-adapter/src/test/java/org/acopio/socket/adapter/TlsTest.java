package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS in both kinds of concurrency and both formats, and what is said when a file is wrong. */
class TlsTest {
  @TempDir static Path directory;
  private static TestCertificates certificates;
  private static Path server;
  private static Path client;

  @BeforeAll
  static void makeKeys() {
    certificates = new TestCertificates(directory);
    server = certificates.store("server", "EC", 0);
    client = certificates.store("client", "RSA", 0);
  }

  private static String[] pem(String kind, String... others) {
    return join(
        Kinds.of(
            kind,
            "tls",
            "pem",
            "tlsCertificate",
            certificates.certificate(server).toString(),
            "tlsKey",
            certificates.key(server).toString()),
        others);
  }

  private static String[] pkcs12(String kind) {
    return Kinds.of(
        kind,
        "tls",
        "pkcs12",
        "tlsKeyStore",
        server.toString(),
        "tlsKeyStorePassword",
        TestCertificates.PASSWORD);
  }

  private static String[] join(String[] first, String... others) {
    return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "event-loop, pem, TLSv1.3",
    "event-loop, pkcs12, TLSv1.2",
    "worker, pkcs12, TLSv1.3",
    "thread, pem, TLSv1.2",
    "thread, pkcs12, TLSv1.3"
  })
  void bytesComeBackOverTls(String kind, String format, String protocol) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    byte[] bytes = new byte[500_000];
    new Random(3).nextBytes(bytes);
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, format.equals("pem") ? pem(kind) : pkcs12(kind));
      assertTrue(endpoint.isSecure());
      try (SSLSocket socket = TlsClients.connect(endpoint, TestCertificates.client(server))) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        assertEquals(protocol, socket.getSession().getProtocol());
        Thread writer = new Thread(() -> Adapter.write(socket, bytes));
        writer.start();
        assertArrayEquals(bytes, socket.getInputStream().readNBytes(bytes.length));
        writer.join();
      }
      assertEquals(CloseReason.PEER, echo.reasons.take());
      assertTrue(echo.connections.get(0).secure());
      assertEquals(bytes.length, echo.connections.get(0).bytesRead());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void theLastAnswerArrivesBeforeTheEndOfTls(String kind) throws Exception {
    RecordingListener once =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, java.nio.ByteBuffer message) {
            connection.write(message);
            connection.close();
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(once, pem(kind));
      try (SSLSocket socket = TlsClients.connect(endpoint, TestCertificates.client(server))) {
        socket.getOutputStream().write("last".getBytes());
        assertEquals("last", new String(socket.getInputStream().readAllBytes()));
      }
      assertEquals(CloseReason.LOCAL, once.reasons.take());
    }
  }

  /** Before TLS 1.3, the end of one side was the end of both (RFC 5246 §7.2.1, RFC 8446 §6.1). */
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void afterHalfCloseWhatCameBeforeIsStillAnsweredOverTls13(String kind) throws Exception {
    RecordingListener polite =
        new RecordingListener() {
          @Override
          public void inputEnded(TcpConnection connection) {
            connection.write(bytes("goodbye"));
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(polite, pem(kind));
      try (SSLSocket socket = TlsClients.connect(endpoint, TestCertificates.client(server))) {
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.getOutputStream().write("one".getBytes());
        socket.shutdownOutput();
        assertEquals("goodbye", new String(socket.getInputStream().readAllBytes()));
      }
      assertEquals(CloseReason.PEER, polite.reasons.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void aRequiredClientCertificateIsRequired(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              echo,
              pem(
                  kind,
                  "tlsClientCertificates",
                  "required",
                  "tlsTrust",
                  certificates.certificate(client).toString()));
      try (SSLSocket known =
          TlsClients.connect(endpoint, TestCertificates.client(server, client))) {
        known.getOutputStream().write('k');
        assertEquals('k', known.getInputStream().read());
      }
      try (SSLSocket unknown = TlsClients.connect(endpoint, TestCertificates.client(server))) {
        assertThrows(IOException.class, () -> TlsClients.exchange(unknown));
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
      assertEquals(1, echo.connections.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void theListenerSeesWhatTheClientProvedItselfWith(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              echo,
              pem(
                  kind,
                  "tlsClientCertificates",
                  "optional",
                  "tlsTrust",
                  certificates.certificate(client).toString()));
      SSLContext known = TestCertificates.client(server, client);
      // The second time its session is resumed, and no certificate crosses the wire.
      for (SSLContext context : List.of(known, known, TestCertificates.client(server))) {
        try (SSLSocket socket = TlsClients.connect(endpoint, context)) {
          assertEquals('x', TlsClients.exchange(socket));
        }
        assertEquals(CloseReason.PEER, echo.reasons.take());
      }
    }
    assertEquals(List.of("CN=client"), subjects(echo.connections.get(0)));
    assertEquals(List.of("CN=client"), subjects(echo.connections.get(1)));
    assertEquals(List.of(), subjects(echo.connections.get(2)));
  }

  private static List<String> subjects(TcpConnection connection) {
    assertTrue(connection.secure());
    return connection.certificates().stream()
        .map(certificate -> certificate.getSubjectX500Principal().getName())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void onlyTheProtocolsThatWereAskedForAreSpoken(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, pem(kind, "tlsProtocols", "TLSv1.3"));
      SSLContext context = TestCertificates.client(server);
      try (SSLSocket old = TlsClients.connect(endpoint, context)) {
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThrows(IOException.class, () -> TlsClients.exchange(old));
      }
      try (SSLSocket socket = TlsClients.connect(endpoint, context)) {
        assertEquals('x', TlsClients.exchange(socket));
        assertEquals("TLSv1.3", socket.getSession().getProtocol());
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void plainTextOnATlsPortIsNoConnectionForTheListener(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, pem(kind));
      try (Socket plain = Adapter.connect(endpoint)) {
        plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
        Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
      }
      assertEquals(0, echo.events.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void theProxyHeaderComesBeforeTls(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, pem(kind, "proxyProtocol", "true"));
      Socket plain = Adapter.connect(endpoint);
      plain.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.9 5 443\r\n".getBytes());
      try (SSLSocket socket = TlsClients.over(plain, TestCertificates.client(server))) {
        socket.getOutputStream().write('p');
        assertEquals('p', socket.getInputStream().read());
      }
      assertEquals("/192.0.2.7:5", echo.connections.get(0).remoteAddress().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tlsCertificate, missing.pem, there is no such file",
    "tlsCertificate, empty.pem, it holds no 'BEGIN CERTIFICATE'",
    "tlsKey, empty.pem, it holds no 'BEGIN PRIVATE KEY'",
  })
  void aFileThatCannotBeUsedIsNamedWithItsProperty(String property, String file, String why)
      throws Exception {
    Files.writeString(directory.resolve("empty.pem"), "nothing\n");
    String[] properties = pem("event-loop", property, directory.resolve(file).toString());
    assertRefused(properties, "ACOPIO-SOCKET-012: property '" + property + "' names ", why);
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Path other = certificates.store("other", "EC", 0);
    assertRefused(
        pem("thread", "tlsKey", certificates.key(other).toString()),
        "ACOPIO-SOCKET-013: the key in ",
        "does not belong to the certificate in ");
    assertRefused(
        pem("thread", "tlsKey", certificates.key(client).toString()),
        "ACOPIO-SOCKET-013: the key in ",
        "does not belong to the certificate in ");
  }

  @Test
  void aWrongPasswordIsSaidToBeThat() throws Exception {
    assertRefused(
        join(pkcs12("event-loop"), "tlsKeyStorePassword", "wrong"),
        "property 'tlsKeyStorePassword' names ",
        "the password is wrong");
  }

  @Test
  void anExpiredCertificateIsServedWithAWarning() throws Exception {
    Path expired = certificates.store("expired", "EC", -10);
    try (Adapter adapter = new Adapter();
        CapturedLog log = new CapturedLog("org.acopio.socket.tls.Identity")) {
      adapter.activate(
          RecordingListener.echo(), join(pkcs12("event-loop"), "tlsKeyStore", expired.toString()));
      assertTrue(log.text().contains("ACOPIO-SOCKET-014: "), log.text());
    }
  }

  private static void assertRefused(String[] properties, String... parts) throws Exception {
    try (Adapter adapter = new Adapter()) {
      InvalidPropertyException refused =
          assertThrows(
              InvalidPropertyException.class,
              () -> adapter.activate(new RecordingListener(), properties));
      for (String part : parts) {
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
      }
    }
  }
}
