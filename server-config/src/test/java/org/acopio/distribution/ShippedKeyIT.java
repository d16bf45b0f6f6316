package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The key that comes with the container: every copy of it has the same one, so that anybody can
 * pretend to be a server that uses it.
 */
class ShippedKeyIT {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "s1as";

  @TempDir Path temp;

  private static KeyStore shipped() throws IOException, GeneralSecurityException {
    try (ZipFile container = new ZipFile(System.getProperty("payara.microJar"));
        InputStream in =
            container.getInputStream(container.getEntry("MICRO-INF/domain/keystore.p12"))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return keys;
    }
  }

  private static void pem(Path file, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  /** As its own authority too: the shipped certificate signs itself. */
  @Test
  void aServerThatWasGivenItRefusesToStart() throws Exception {
    Path data = temp.resolve("data");
    Path identity = Files.createDirectories(data.resolve("identity"));
    KeyStore keys = shipped();
    for (String name : List.of("server", "authority")) {
      pem(
          identity.resolve(name + ".key"),
          "PRIVATE KEY",
          keys.getKey(ALIAS, PASSWORD).getEncoded());
      pem(identity.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    }
    try (ServerProcess server = ServerProcess.launch(data)) {
      assertEquals(1, server.awaitExit(), server.output()::toString);
      String said = server.output().lastLine();
      assertTrue(said.startsWith("Acopio could not start: "), server.output()::toString);
      assertTrue(said.contains(identity.toString()), said);
      assertFalse(server.output().toString().contains("Acopio ready"), said);
    }
  }
}
