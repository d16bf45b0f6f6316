package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
  private static final ServerAddress SERVER = ServerAddress.parse("store.example");
  private static final ServerAddress OTHER = ServerAddress.parse("192.0.2.7:2000");

  @TempDir Path journal;
  private final TestAuthority authority = new TestAuthority("one");

  private Identities identities() {
    return Identities.in(journal);
  }

  private static Identity identity(TestAuthority authority, int word) {
    KeyPair pair = AgentKeys.pair();
    byte[] agentKey = new byte[32];
    agentKey[0] = (byte) word;
    byte[] lineage = new byte[16];
    lineage[15] = (byte) word;
    return new Identity(
        authority.certificate,
        authority.agent("agent", pair.getPublic()),
        pair.getPrivate(),
        agentKey,
        lineage);
  }

  private IdentityFolder install(int word) throws IOException {
    return identities().install(identity(authority, word), SERVER);
  }

  private static void assertSame(Identity one, Identity other) {
    assertEquals(one.authority(), other.authority());
    assertEquals(one.certificate(), other.certificate());
    assertEquals(one.key(), other.key());
    assertArrayEquals(one.agentKey(), other.agentKey());
    assertArrayEquals(one.lineage(), other.lineage());
  }

  private static ServerTrouble.Code trouble(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(AccessException.class, call).code();
  }

  @Test
  void anIdentityIsReadAsItWasKept() throws Exception {
    Identity kept = identity(authority, 7);
    identities().install(kept, SERVER);

    IdentityFolder folder = identities().find(ServerAddress.parse("Store.Example:1099")).get();
    assertSame(kept, folder.read());
    folder.lineage(new byte[16]);
    assertSame(kept.next(new byte[16]), folder.read());
    assertTrue(identities().find(OTHER).isEmpty());
  }

  @Test
  void filesAreTheirOwnersFromTheFirstInstant() throws Exception {
    assumeTrue(posix(), "only where files have rights");
    install(1);
    try (Stream<Path> all = Files.walk(journal.resolve("identity"))) {
      for (Path each : all.toList()) {
        String rights = Files.isDirectory(each) ? "rwx------" : "rw-------";
        assertEquals(PosixFilePermissions.fromString(rights), Files.getPosixFilePermissions(each));
      }
    }
  }

  private boolean posix() {
    return journal.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"authority.pem", "agent.pem", "agent-tls.key", "agent.key", "lineage", "server"})
  void whatIsDamagedIsAnErrorAndStays(String file) throws Exception {
    Path folder = install(1).path();
    for (String damage : new String[] {"", "x", "-----BEGIN CERTIFICATE-----\nAA==\n"}) {
      Files.writeString(folder.resolve(file), damage);
      if (!file.equals("server")) {
        assertEquals(
            ServerTrouble.Code.IDENTITY_DAMAGED,
            trouble(() -> identities().find(SERVER).get().read()));
      }
      assertEquals(damage, Files.readString(folder.resolve(file)));
    }
    Files.write(folder.resolve(file), new byte[100_000]);
    assertEquals(
        ServerTrouble.Code.IDENTITY_DAMAGED, trouble(() -> identities().find(SERVER).get().read()));
    Files.delete(folder.resolve(file));
    assertEquals(
        ServerTrouble.Code.IDENTITY_DAMAGED, trouble(() -> identities().find(SERVER).get().read()));
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsDamage() throws Exception {
    Path folder = install(1).path();
    Files.write(
        folder.resolve("agent-tls.key"),
        Pem.encode(Pem.PRIVATE_KEY, AgentKeys.pair().getPrivate().getEncoded()));
    assertEquals(
        ServerTrouble.Code.IDENTITY_DAMAGED, trouble(() -> identities().find(SERVER).get().read()));
  }

  @Test
  void whatOthersMayReadIsAnErrorAndStays() throws Exception {
    assumeTrue(posix(), "only where files have rights");
    Path folder = install(1).path();
    for (Path each :
        List.of(
            folder.getParent(),
            folder,
            folder.resolve("agent-tls.key"),
            folder.resolve("server"))) {
      var before = Files.getPosixFilePermissions(each);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-----"));
      AccessException e =
          assertThrows(
              AccessException.class, () -> identities().find(SERVER).get().read(), each::toString);
      assertEquals(ServerTrouble.Code.IDENTITY_TOO_OPEN, e.code());
      assertEquals(each.toString(), e.detail());
      Files.setPosixFilePermissions(each, before);
    }
    identities().find(SERVER).get().read();
  }

  /** Stops a change where it may stop, and looks at what there is. */
  @Test
  void anInterruptedChangeLeavesTheOldOrTheNew() throws Exception {
    IdentityFolder folder = install(1);
    Identity first = folder.read();
    Path path = folder.path();
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Path replaced = path.resolveSibling(path.getFileName() + ".old");

    Files.createDirectory(fresh);
    Files.writeString(fresh.resolve("agent.pem"), "half");
    assertSame(first, identities().find(SERVER).get().read());
    Identity second = identity(authority, 2);
    folder.put(second, List.of(SERVER.toString()));
    assertSame(second, identities().find(SERVER).get().read());
    assertFalse(Files.exists(fresh) || Files.exists(replaced));

    // Between the two renames: what is new is whole.
    Files.move(path, fresh);
    Files.createDirectory(replaced);
    assertSame(second, identities().find(SERVER).get().read());
    identities().find(SERVER).get().lineage(new byte[16]);
    assertSame(second.next(new byte[16]), identities().find(SERVER).get().read());
    assertFalse(Files.exists(fresh) || Files.exists(replaced));
  }

  @Test
  void anotherNameOfAServerIsKeptBesideTheFirst() throws Exception {
    install(1);
    Identity later = identity(authority, 2);
    identities().install(later, OTHER);
    assertSame(later, identities().find(SERVER).get().read());
    assertSame(later, identities().find(OTHER).get().read());
  }

  @Test
  void aServerThatWasSetUpAnewHasOneIdentity() throws Exception {
    IdentityFolder old = install(1);
    Identity later = identity(new TestAuthority("two"), 2);
    identities().install(later, SERVER);
    assertSame(later, identities().find(SERVER).get().read());
    assertEquals(List.of(), old.servers());
    old.read();
  }

  @Test
  void onlyTheServerThatWasSetUpAnewLeavesItsIdentity() throws Exception {
    IdentityFolder old = install(1);
    identities().install(identity(authority, 1), OTHER);
    identities().install(identity(new TestAuthority("two"), 2), SERVER);
    assertEquals(List.of(OTHER.toString()), old.servers());
    assertSame(old.read(), identities().find(OTHER).get().read());
  }

  @Test
  void serverIsKeptOnceHoweverItIsTyped() throws Exception {
    identities().install(identity(authority, 1), ServerAddress.parse("Store.Example"));
    assertEquals(List.of(SERVER.toString()), install(2).servers());
  }

  @Test
  void enrolledPcIsKnownByTheNameOfTheServer() throws Exception {
    assertFalse(identities().has(SERVER));
    Path folder = install(1).path();
    assertTrue(identities().has(SERVER));
    assertFalse(identities().has(OTHER));
    assertEquals(folder, identities().required(SERVER).orElseThrow().path());
    if (posix()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-----"));
      assertThrows(SendException.class, () -> identities().has(SERVER));
    }
  }

  @Test
  void certificatesAndKeysAreAsOtherProgramsWriteThem() throws Exception {
    Path folder = install(1).path();
    for (String file : List.of("authority.pem", "agent.pem", "agent-tls.key")) {
      List<String> lines = Files.readAllLines(folder.resolve(file));
      String what = file.endsWith(".key") ? "PRIVATE KEY" : "CERTIFICATE";
      assertEquals("-----BEGIN " + what + "-----", lines.get(0));
      assertEquals("-----END " + what + "-----", lines.get(lines.size() - 1));
      assertTrue(lines.stream().allMatch(line -> line.length() <= 64), file);
    }
    // With text around it, as some keep it.
    Path key = folder.resolve("agent-tls.key");
    Files.writeString(key, "Bag Attributes\n" + Files.readString(key) + "more\n");
    identities().find(SERVER).get().read();
  }

  @Test
  void enrollingAgainKeepsWhatCannotBeRead() throws Exception {
    Path folder = install(1).path();
    identities().install(identity(authority, 1), OTHER);
    for (int number = 1; number <= 2; number++) {
      Files.writeString(folder.resolve("agent.pem"), "precious " + number);
      install(2);
      assertEquals(2, identities().find(SERVER).get().read().agentKey()[0]);
      Path aside = folder.resolveSibling(folder.getFileName() + ".damaged" + number);
      assertEquals("precious " + number, Files.readString(aside.resolve("agent.pem")));
    }
    assertTrue(identities().find(OTHER).isEmpty(), "what is out of the way is used for nobody");
  }

  @Test
  void nothingIsNeededOnThisMachineAndNothingLeavesItWithout() throws Exception {
    for (String local : new String[] {"localhost", "127.0.0.1:5", "[::1]", "127.9.9.9"}) {
      assertTrue(identities().required(ServerAddress.parse(local)).isEmpty());
    }
    assertEquals(ServerTrouble.Code.NOT_ENROLLED, trouble(() -> identities().required(OTHER)));
  }
}
