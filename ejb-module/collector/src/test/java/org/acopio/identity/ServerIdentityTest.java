package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own keys: made once, kept, and refused when something is wrong with them. */
class ServerIdentityTest {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  @TempDir Path data;

  private Path file(String name) {
    return data.resolve("identity").resolve(name);
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static Set<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void firstStartMakesWhatLaterStartsKeep() throws Exception {
    ServerIdentity first = ServerIdentity.open(data.resolve("new"));
    ServerIdentity again = ServerIdentity.open(data.resolve("new"));
    assertArrayEquals(first.authority(), again.authority());
    assertArrayEquals(first.certificate(), again.certificate());
    assertEquals(Set.of("identity"), names(data.resolve("new")));
    assertEquals(
        Set.of("authority.key", "authority.pem", "server.key", "server.pem"),
        names(data.resolve("new/identity")));
    assertFalse(
        Arrays.equals(first.authority(), ServerIdentity.open(data.resolve("other")).authority()));
  }

  @Test
  void certificatesSayWhatTheyAreForAndNeverExpire() throws Exception {
    ServerIdentity identity = ServerIdentity.open(data);
    X509Certificate authority = certificate(identity.authority());
    X509Certificate server = certificate(identity.certificate());
    assertTrue(
        authority.getSubjectX500Principal().getName().matches("CN=Acopio authority [0-9a-f]{8}"));
    assertEquals(0, authority.getBasicConstraints());
    assertTrue(authority.getKeyUsage()[5], "keyCertSign");
    assertEquals(-1, server.getBasicConstraints());
    assertEquals(List.of(SERVER_AUTH), server.getExtendedKeyUsage());
    List<Object> names =
        server.getSubjectAlternativeNames().stream()
            .map(name -> (Object) name.get(1))
            .collect(Collectors.toList());
    assertTrue(
        names.containsAll(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1")), names::toString);
    server.verify(authority.getPublicKey());
    for (X509Certificate each : List.of(authority, server)) {
      assertEquals(Instant.parse("2000-01-01T00:00:00Z"), each.getNotBefore().toInstant());
      assertEquals(Instant.parse("9999-12-31T23:59:59Z"), each.getNotAfter().toInstant());
      assertEquals("EC", each.getPublicKey().getAlgorithm());
      assertEquals("SHA256withECDSA", each.getSigAlgName());
    }
  }

  @Test
  void agentsCertificateNamesTheAgent() throws Exception {
    ServerIdentity identity = ServerIdentity.open(data);
    Pc pc = new Pc("agent");
    X509Certificate certificate = certificate(identity.issue(pc.agent, pc.key()));
    certificate.verify(certificate(identity.authority()).getPublicKey());
    assertEquals("CN=" + pc.agent, certificate.getSubjectX500Principal().getName());
    assertEquals(List.of(CLIENT_AUTH), certificate.getExtendedKeyUsage());
    assertEquals(pc.keys.getPublic(), certificate.getPublicKey());
    assertNotEquals(
        certificate.getSerialNumber(),
        certificate(identity.issue(pc.agent, pc.key())).getSerialNumber());
  }

  @Test
  void codeNamesTheAuthority() {
    ServerIdentity identity = ServerIdentity.open(data);
    assertTrue(identity.code(new byte[10]).names(identity.authority()));
    assertFalse(
        identity.code(new byte[10]).names(ServerIdentity.open(data.resolve("b")).authority()));
  }

  @Test
  void firstFileHoldsTheCertificateOfTheServerAndThenItsAuthority() throws Exception {
    ServerIdentity identity = ServerIdentity.open(data);
    List<byte[]> chain;
    try (var in = Files.newInputStream(file("server.pem"))) {
      chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(
                  each -> {
                    try {
                      return each.getEncoded();
                    } catch (CertificateException e) {
                      throw new AssertionError(e);
                    }
                  })
              .toList();
    }
    assertEquals(2, chain.size());
    assertArrayEquals(identity.certificate(), chain.get(0));
    assertArrayEquals(identity.authority(), chain.get(1));
  }

  @Test
  void serverWithoutItsOwnPairGetsANewOneOfTheSameAuthority() throws Exception {
    ServerIdentity before = ServerIdentity.open(data);
    Files.delete(file("server.pem"));
    Files.delete(file("server.key"));
    ServerIdentity after = ServerIdentity.open(data);
    assertArrayEquals(before.authority(), after.authority());
    assertFalse(Arrays.equals(before.certificate(), after.certificate()));
    assertArrayEquals(after.certificate(), ServerIdentity.open(data).certificate());
  }

  @Test
  void whatACrashLeftOfTheFirstStartIsMadeAnew() throws Exception {
    Files.createDirectories(data.resolve("identity.new"));
    Files.writeString(data.resolve("identity.new/authority.key"), "half");
    ServerIdentity.open(data);
    assertEquals(Set.of("identity"), names(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority.pem", "authority.key", "server.pem", "server.key"})
  void fileWithoutItsPairStopsTheStart(String name) throws Exception {
    ServerIdentity.open(data);
    Files.delete(file(name));
    String said = refused();
    assertTrue(said.contains(file(name) + " is missing"), said);
    assertTrue(said.contains("backup"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority.pem", "authority.key", "server.pem", "server.key"})
  void damagedFileStopsTheStart(String name) throws Exception {
    ServerIdentity.open(data);
    Files.writeString(file(name), "-----BEGIN nothing-----\n");
    assertTrue(refused().contains(file(name).toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority", "server"})
  void keyOfAnotherCertificateStopsTheStart(String name) throws Exception {
    ServerIdentity.open(data);
    ServerIdentity.open(data.resolve("other"));
    Files.copy(
        data.resolve("other/identity/" + name + ".key"),
        file(name + ".key"),
        StandardCopyOption.REPLACE_EXISTING);
    String said = refused();
    assertTrue(said.contains("is not that of the certificate"), said);
  }

  @Test
  void serverOfAnotherAuthorityStopsTheStart() throws Exception {
    ServerIdentity.open(data);
    ServerIdentity.open(data.resolve("other"));
    for (String name : List.of("server.pem", "server.key")) {
      Files.copy(
          data.resolve("other/identity").resolve(name),
          file(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    String said = refused();
    assertTrue(said.contains("was not made by the authority"), said);
    assertTrue(said.contains("remove it and"), said);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keysAreTheirOwnersAlone() throws Exception {
    ServerIdentity.open(data);
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("identity"))));
    for (String key : List.of("authority.key", "server.key")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file(key))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority.key", "server.key"})
  @DisabledOnOs(OS.WINDOWS)
  void keyThatOthersMayReadStopsTheStart(String name) throws Exception {
    ServerIdentity.open(data);
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-r-----"));
    String said = refused();
    assertTrue(said.contains("chmod 600"), said);
    assertTrue(said.contains(file(name).toString()), said);
  }

  @Test
  void fileThatIsTooLargeIsNotRead() throws Exception {
    ServerIdentity.open(data);
    String pem = Files.readString(file("authority.pem"));
    Files.writeString(file("authority.pem"), pem + "\n".repeat((1 << 20) - pem.length()));
    ServerIdentity.open(data);
    Files.writeString(file("authority.pem"), pem + "\n".repeat((1 << 20) + 1 - pem.length()));
    assertTrue(refused().contains("1048576 at most"), refused());
  }

  @Test
  void filesAreAsOtherProgramsWriteThem() throws Exception {
    ServerIdentity.open(data);
    for (String name : List.of("authority.pem", "authority.key", "server.pem", "server.key")) {
      List<String> lines = Files.readAllLines(file(name));
      assertTrue(lines.get(0).matches("-----BEGIN (CERTIFICATE|PRIVATE KEY)-----"), lines.get(0));
      assertTrue(lines.stream().allMatch(line -> line.length() <= 64), name);
      assertTrue(lines.get(lines.size() - 1).startsWith("-----END "), name);
    }
    // With text around it, as some programs keep it.
    Path key = file("server.key");
    Files.writeString(key, "Bag Attributes\n" + Files.readString(key) + "more\n");
    ServerIdentity.open(data);
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws Exception {
    Path taken = Files.createFile(data.resolve("file"));
    IdentityException refusal =
        assertThrows(IdentityException.class, () -> ServerIdentity.open(taken));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("the right to write"), refusal::toString);
  }

  private String refused() {
    return String.valueOf(
        assertThrows(IdentityException.class, () -> ServerIdentity.open(data)).getMessage());
  }

  /** So that a digest in a message is not taken for a key. */
  @Test
  void keyIsKnownByTheDigestOfItsWholeEncoding() {
    Pc pc = new Pc("agent");
    assertEquals(
        Sha256.of(Sha256.start().digest(pc.keys.getPublic().getEncoded())),
        AgentKey.digest(pc.keys.getPublic()));
  }
}
