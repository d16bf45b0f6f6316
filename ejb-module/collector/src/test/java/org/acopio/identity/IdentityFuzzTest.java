package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a PC sends as its key, and whatever lies in the server's own files of keys. */
class IdentityFuzzTest {
  private static final int KEY_BYTES = 91;
  private static final byte[] CERTIFICATE = "certificate".getBytes(StandardCharsets.US_ASCII);
  private static final Sha256 AGENT = Sha256.of(new byte[32]);
  private static final String NAME = "authority";

  private static Path data;
  private static IdentityFolder folder;
  private static byte[] key;
  private static byte[] certificate;

  @BeforeAll
  static void makeKeys() throws IOException {
    data = Files.createTempDirectory("acopio-fuzz");
    ServerIdentity.open(data);
    folder = new IdentityFolder(data.resolve(ServerIdentity.FOLDER));
    key = Files.readAllBytes(folder.keyFile(NAME));
    certificate = Files.readAllBytes(folder.certificateFile(NAME));
  }

  @AfterAll
  static void deleteKeys() throws IOException {
    for (String name : new String[] {NAME, "server"}) {
      Files.delete(folder.keyFile(name));
      Files.delete(folder.certificateFile(name));
    }
    Files.delete(folder.path());
    Files.delete(data);
  }

  /** A key, then what is to prove it. */
  @FuzzTest
  void keyIsProvenOrRefused(byte[] bytes) {
    int length = Math.min(KEY_BYTES, bytes.length);
    byte[] sent = Arrays.copyOf(bytes, length);
    byte[] proof = Arrays.copyOfRange(bytes, length, bytes.length);
    try {
      AgentKey proven = AgentKey.proven(CERTIFICATE, AGENT, sent, proof);
      assertArrayEquals(sent, proven.publicKey().getEncoded(), "known by one encoding only");
      assertEquals(Sha256.of(Sha256.start().digest(sent)), proven.digest());
    } catch (AgentKey.Unproven e) {
      assertTrue(String.valueOf(e.getMessage()).contains("use the agent"), e::toString);
    }
  }

  @FuzzTest
  void keyFileIsReadOrTheStartSaysWhichIsWrong(byte[] bytes) throws IOException {
    read(bytes, certificate);
  }

  @FuzzTest
  void certificateFileIsReadOrTheStartSaysWhichIsWrong(byte[] bytes) throws IOException {
    read(key, bytes);
  }

  private static void read(byte[] keyFile, byte[] certificateFile) throws IOException {
    Files.write(folder.keyFile(NAME), keyFile);
    Files.write(folder.certificateFile(NAME), certificateFile);
    try {
      IdentityFolder.Pair pair = folder.read(NAME);
      assertEquals("EC", pair.certificate().getPublicKey().getAlgorithm());
    } catch (IdentityException e) {
      String said = String.valueOf(e.getMessage());
      assertTrue(said.contains(folder.path().toString()), said);
      assertTrue(said.contains("; "), "what to do: " + said);
    }
  }
}
