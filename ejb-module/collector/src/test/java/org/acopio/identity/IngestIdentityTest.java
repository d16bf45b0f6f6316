package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.collect.Server;
import org.acopio.endpoint.IngestPort;
import org.acopio.ingest.Ingest;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Issued;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in at the ingest port, through the real adapter. */
class IngestIdentityTest {
  private static final byte[] GREETING = "ACOPIO\1\1".getBytes(StandardCharsets.US_ASCII);
  private static final int REPLY_BYTES = 12;

  @TempDir private Path folder;
  private Server store;
  private Catalog catalog;
  private ServerIdentity own;
  private Identities identities;
  private IngestPort port;

  @BeforeEach
  void start() throws Exception {
    store = new Server(folder.resolve("store"), Server.LIMITS);
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:file:" + folder.resolve("ids"), "acopio", "secret", 4));
    own = ServerIdentity.open(folder);
    identities = new Identities(own, catalog, Clock.systemUTC(), (address, deed) -> {});
    Path files = folder.resolve(ServerIdentity.FOLDER);
    port =
        new IngestPort(
            new Ingest(store.collector, Server.LIMITS),
            Map.of(
                "tlsCertificate", files.resolve("server.pem").toString(),
                "tlsKey", files.resolve("server.key").toString(),
                "tlsTrust", files.resolve("authority.pem").toString()),
            () -> identities);
  }

  @AfterEach
  void stop() {
    port.close();
    catalog.close();
    store.close();
  }

  private byte[] enrolled(Pc pc) throws IOException {
    byte[] secret =
        identities.codes().make("ana", EnrolmentCodes.LASTS, OptionalLong.empty()).code().secret();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    pc.enrol(secret, own).write(said);
    new Confirm().write(said);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    identities
        .conversation("192.0.2.7", Optional.empty())
        .serve(new ByteArrayInputStream(said.toByteArray()), heard);
    return ((Issued) IdentityMessage.read(new ByteArrayInputStream(heard.toByteArray())))
        .certificate();
  }

  private Socket plain() throws Exception {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** A client that trusts this server's authority and shows that certificate. */
  private SSLSocket secured(Pc pc, byte[] certificate) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    Certificate[] chain = {factory.generateCertificate(new ByteArrayInputStream(certificate))};
    keys.setKeyEntry("pc", pc.keys.getPrivate(), new char[0], chain);
    KeyManagerFactory manager = KeyManagerFactory.getInstance("PKIX");
    manager.init(keys, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "authority", factory.generateCertificate(new ByteArrayInputStream(own.authority())));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(manager.getKeyManagers(), trust.getTrustManagers(), null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(plain(), "127.0.0.1", port.port(), true);
  }

  private static byte[] greet(Socket socket) throws IOException {
    socket.getOutputStream().write(GREETING);
    return socket.getInputStream().readNBytes(REPLY_BYTES);
  }

  private static void assertServed(Socket socket) throws IOException {
    byte[] reply = greet(socket);
    // Version 1, and no flags: the reply has one more byte of them.
    assertArrayEquals(
        "ACOPIO\1\0".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(reply, GREETING.length));
  }

  /** The end without a word of the protocol; TLS may say it as an error. */
  private static void assertTurnedAway(Socket socket) throws IOException {
    try {
      assertEquals(0, greet(socket).length);
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the connection is still open", open);
    } catch (IOException ended) {
      assertEquals(true, ended.getMessage() != null);
    }
  }

  @Test
  void aNeighbourNeedsNoCertificate() throws Exception {
    try (Socket socket = plain()) {
      assertServed(socket);
    }
  }

  @Test
  void anEnrolledPcIsServed() throws Exception {
    Pc pc = new Pc("agent");
    try (SSLSocket socket = secured(pc, enrolled(pc))) {
      assertServed(socket);
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
    }
  }

  @Test
  void aCertificateThatTheCatalogDoesNotHaveIsWorthNothing() throws Exception {
    Pc pc = new Pc("agent");
    try (SSLSocket socket = secured(pc, own.issue(pc.agent, pc.key()))) {
      assertTurnedAway(socket);
    }
  }

  @Test
  void revokingEndsTheConnectionAndLetsNobodyInAgain() throws Exception {
    Pc pc = new Pc("agent");
    byte[] certificate = enrolled(pc);
    try (SSLSocket socket = secured(pc, certificate)) {
      assertServed(socket);
      identities.revoke(identities.page(0, 1).get(0).number());
      assertEquals(-1, socket.getInputStream().read());
    }
    try (SSLSocket socket = secured(pc, certificate)) {
      assertTurnedAway(socket);
    }
  }

  @Test
  void aCertificateOfAnotherServerIsRefused() throws Exception {
    Pc pc = new Pc("agent");
    byte[] foreign = ServerIdentity.open(folder.resolve("other")).issue(pc.agent, pc.key());
    try (SSLSocket socket = secured(pc, foreign)) {
      assertTurnedAway(socket);
    }
  }

  @Test
  void anOlderTlsIsRefused() throws Exception {
    Pc pc = new Pc("agent");
    try (SSLSocket socket = secured(pc, enrolled(pc))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(SSLException.class, socket::startHandshake);
    }
  }
}
