package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key, certificates and authorities can be replaced while connections come and go. */
class TlsReloadTest {
  @TempDir private Path directory;
  private TestCertificates certificates;
  private Path certificate;
  private Path key;
  private Path before;
  private Path after;

  @BeforeEach
  void makeKeys() throws IOException {
    certificates = new TestCertificates(directory);
    before = certificates.store("before", "EC", 0);
    after = certificates.store("after", "EC", 0);
    certificate = directory.resolve("served.pem");
    key = directory.resolve("served-key.pem");
    Files.copy(certificates.certificate(before), certificate);
    Files.copy(certificates.key(before), key);
  }

  private String[] properties(String kind, String... others) {
    return Kinds.of(
        kind,
        Stream.concat(
                Stream.of(
                    "tls",
                    "pem",
                    "tlsCertificate",
                    certificate.toString(),
                    "tlsKey",
                    key.toString()),
                Stream.of(others))
            .toArray(String[]::new));
  }

  private void replace(Path file, Path by) throws IOException {
    Path whole = Files.copy(by, directory.resolve("new"));
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void newConnectionsGetNewFilesAndOldOnesGoOn(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(RecordingListener.echo(), properties(kind));
      SSLContext old = TestCertificates.client(before);
      try (SSLSocket early = TlsClients.connect(endpoint, old)) {
        assertEquals('x', TlsClients.exchange(early));
        replace(certificate, certificates.certificate(after));
        replace(key, certificates.key(after));
        awaitServed(endpoint, after);
        assertEquals('x', TlsClients.exchange(early));
      }
      try (SSLSocket late = TlsClients.connect(endpoint, old)) {
        assertThrows(IOException.class, () -> TlsClients.exchange(late));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void anApplicationMayMakeTheFilesBeforeItsFirstBean(String kind) throws Exception {
    Files.delete(key);
    try (Adapter adapter = new Adapter()) {
      FakeContainer container =
          adapter.container(RecordingListener.echo()).refusing(Integer.MAX_VALUE);
      adapter.activate(container, Adapter.spec(properties(kind, "tlsRead", "first-bean")));
      TcpEndpointMXBean endpoint = Adapter.figures("test").get(0);
      try (SSLSocket waits = TlsClients.connect(endpoint, TestCertificates.client(before))) {
        Files.copy(certificates.key(before), key);
        container.refusing(0);
        assertEquals('x', TlsClients.exchange(waits));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void anApplicationThatMakesNoFilesServesNobody(String kind) throws Exception {
    Files.delete(key);
    try (Adapter adapter = new Adapter();
        CapturedLog log = new CapturedLog("org.acopio.socket.adapter.Activation")) {
      FakeContainer container = adapter.container(RecordingListener.echo());
      adapter.activate(container, Adapter.spec(properties(kind, "tlsRead", "first-bean")));
      TcpEndpointMXBean endpoint = Adapter.figures("test").get(0);
      Awaitility.await().untilAsserted(() -> assertEquals(1, log.lines()));
      assertTrue(log.text().startsWith("ACOPIO-SOCKET-018: endpoint 'test'"), log.text());
      assertTrue(log.text().contains("'tlsKey' names " + key), log.text());
      assertThrows(ConnectException.class, () -> Adapter.connect(endpoint).close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void filesThatCannotBeUsedChangeNothingAndAreComplainedOfOnce(String kind) throws Exception {
    try (Adapter adapter = new Adapter();
        CapturedLog log = new CapturedLog("org.acopio.socket.tls.TlsServer")) {
      TcpEndpointMXBean endpoint = adapter.activate(RecordingListener.echo(), properties(kind));
      replace(key, certificates.key(after));
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertServed(endpoint, before);
                assertEquals(1, log.lines());
              });
      String said = log.text();
      assertTrue(said.startsWith("ACOPIO-SOCKET-017: the TLS files of endpoint 'test'"), said);
      assertTrue(said.contains("ACOPIO-SOCKET-013: the key in " + key), said);
      Files.delete(certificate);
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertServed(endpoint, before);
                assertEquals(2, log.lines());
              });
      assertTrue(log.text().contains("there is no such file"), log.text());
      Files.copy(certificates.certificate(after), certificate);
      awaitServed(endpoint, after);
      assertEquals(3, log.lines(), log.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void anAuthorityThatIsTakenAwayLetsNobodyInAnyMore(String kind) throws Exception {
    Path trust = directory.resolve("trust.pem");
    Files.copy(certificates.certificate(after), trust);
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              properties(kind, "tlsClientCertificates", "required", "tlsTrust", trust.toString()));
      SSLContext client = TestCertificates.client(before, after);
      try (SSLSocket socket = TlsClients.connect(endpoint, client)) {
        assertEquals('x', TlsClients.exchange(socket));
      }
      replace(trust, certificates.certificate(before));
      // Its session from before is of no use to it either.
      Awaitility.await()
          .untilAsserted(
              () -> {
                try (SSLSocket socket = TlsClients.connect(endpoint, client)) {
                  assertThrows(IOException.class, () -> TlsClients.exchange(socket));
                }
              });
    }
  }

  private static void awaitServed(TcpEndpointMXBean endpoint, Path store) {
    Awaitility.await().untilAsserted(() -> assertServed(endpoint, store));
  }

  private static void assertServed(TcpEndpointMXBean endpoint, Path store) throws IOException {
    try (SSLSocket socket = TlsClients.connect(endpoint, TestCertificates.client(store))) {
      assertEquals('x', TlsClients.exchange(socket));
    } catch (IOException other) {
      throw new AssertionError("not served: " + store, other);
    }
  }
}
