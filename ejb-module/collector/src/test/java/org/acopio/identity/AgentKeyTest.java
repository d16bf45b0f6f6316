package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.acopio.identity.AgentKey.Unproven;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is taken when it is one, and the agent shows that it has it. */
class AgentKeyTest {
  @TempDir Path folder;
  private final Pc pc = new Pc("agent");
  private ServerIdentity server;

  @BeforeEach
  void open() {
    server = ServerIdentity.open(folder);
  }

  private AgentKey proven(Sha256 agent, byte[] key, byte[] proof) throws Unproven {
    return AgentKey.proven(server.certificate(), agent, key, proof);
  }

  private void refused(String why, byte[] key, byte[] proof) {
    Unproven refusal = assertThrows(Unproven.class, () -> proven(pc.agent, key, proof));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
  }

  @Test
  void keyIsKnownByItsDigest() throws Exception {
    AgentKey key = proven(pc.agent, pc.publicKey(), pc.proof(server));
    assertEquals(pc.keys.getPublic(), key.publicKey());
    assertEquals(Sha256.of(Sha256.start().digest(pc.publicKey())), key.digest());
  }

  @Test
  void proofIsForThisServerThisAgentAndThisKey() {
    byte[] proof = pc.proof(server);
    refused("not a signature", new Pc("agent").publicKey(), proof);
    refused("not a signature", pc.publicKey(), pc.proof(ServerIdentity.open(folder.resolve("2"))));
    assertThrows(Unproven.class, () -> proven(new Pc("other").agent, pc.publicKey(), proof));
    refused("not a signature", pc.publicKey(), new byte[0]);
    proof[proof.length - 1] ^= 1;
    refused("not a signature", pc.publicKey(), proof);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void keyOnAnotherCurveIsNone(String curve) {
    Pc other = new Pc("agent", curve);
    refused("no EC key on P-256", other.publicKey(), other.proof(server));
  }

  @Test
  void bytesThatAreNoPointAreNoKey() {
    byte[] proof = pc.proof(server);
    byte[] key = pc.publicKey();
    refused("no EC key", new byte[0], proof);
    refused("no EC key", Arrays.copyOf(key, 26), proof);
    refused("no EC key", Arrays.copyOf(key, 201), proof);
    refused("the key", Arrays.copyOf(key, key.length + 1), proof);
    refused("the", Arrays.copyOf(key, key.length - 1), proof);
    byte[] compressed = key.clone();
    compressed[26] = 2;
    refused("no EC key", compressed, proof);
    byte[] beside = key.clone();
    beside[beside.length - 1] ^= 1;
    refused("the", beside, proof);
  }
}
