package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of HTTPS is the server's own, and nothing else is taken for it. */
class HttpsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  /** A folder as the server makes it, and the key store that it was made from. */
  private Path identity(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, made.waitFor(), said);
    KeyStore loaded = load(store, PASSWORD);
    Path identity = Files.createDirectory(folder.resolve(name));
    pem(identity.resolve("server.key"), "PRIVATE KEY", loaded.getKey("server", PASSWORD));
    byte[] certificate = loaded.getCertificate("server").getEncoded();
    pem(identity.resolve("server.pem"), "CERTIFICATE", certificate);
    return identity;
  }

  private static void pem(Path file, String label, Key key) throws IOException {
    pem(file, label, key.getEncoded());
  }

  private static void pem(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  private static KeyStore load(Path file, char[] password) throws Exception {
    try (InputStream bytes = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(bytes, password);
      return store;
    }
  }

  @Test
  void theStoreHoldsTheServersKeyForItsOwnerOnly() throws Exception {
    HttpsKey key = HttpsKey.in(identity("ours"));
    Path store = folder.resolve("https.p12");
    String password = HttpsKey.newPassword();
    key.store(store, password);
    KeyStore read = load(store, password.toCharArray());
    assertTrue(read.isKeyEntry("acopio"));
    assertEquals(key.certificate(), read.getCertificate("acopio"));
    assertThrows(IOException.class, () -> load(store, PASSWORD));
    if (Files.getFileStore(store).supportsFileAttributeView("posix")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(store));
    }
  }

  @Test
  void everyRunHasAPasswordOfItsOwn() {
    assertFalse(HttpsKey.newPassword().equals(HttpsKey.newPassword()));
  }

  @Test
  void theFingerprintIsWrittenAsBrowsersWriteIt() throws Exception {
    String fingerprint = HttpsKey.in(identity("ours")).fingerprint();
    assertTrue(fingerprint.matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), fingerprint);
  }

  @Test
  void withoutTheServersKeyThereIsNoHttpsAndTheMessageSaysWhatToDo() throws Exception {
    Path identity = identity("ours");
    Files.writeString(identity.resolve("server.pem"), "no certificate");
    assertUnreadable(identity);
    Files.delete(identity.resolve("server.key"));
    assertUnreadable(identity);
    assertUnreadable(folder.resolve("nothing"));
  }

  private static void assertUnreadable(Path identity) {
    StartException refusal = assertThrows(StartException.class, () -> HttpsKey.in(identity));
    assertTrue(refusal.getMessage().contains(identity.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("acopio.https.port=off"), refusal::getMessage);
  }

  @Test
  void aPortThatShowsAnotherCertificateIsRefused() throws Exception {
    HttpsKey ours = HttpsKey.in(identity("ours"));
    HttpsKey shipped = HttpsKey.in(identity("shipped"));
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket port = serving(shipped)) {
      Thread server = new Thread(() -> shakeHands(port, 2));
      server.start();
      Https https = new Https(port.getLocalPort());
      StartException refusal =
          assertThrows(
              StartException.class, () -> https.expectServed(ours.certificate(), loopback));
      assertTrue(refusal.getMessage().contains("CN=shipped"), refusal::getMessage);
      https.expectServed(shipped.certificate(), loopback);
      server.join();
    }
  }

  private SSLServerSocket serving(HttpsKey key) throws Exception {
    Path file = folder.resolve("served.p12");
    key.store(file, "x");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(file, "x".toCharArray()), "x".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void shakeHands(SSLServerSocket port, int times) {
    for (int i = 0; i < times; i++) {
      try (SSLSocket socket = (SSLSocket) port.accept()) {
        socket.startHandshake();
      } catch (IOException refused) {
        continue;
      }
    }
  }
}
