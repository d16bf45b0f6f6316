package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

/** What an agent is known by, and how it proves that. */
class AgentKeysTest {
  private static final byte[] SERVER = {5, 6, 7};

  private final TestAuthority authority = new TestAuthority("one");
  private final KeyPair pair = AgentKeys.pair();
  private final Sha256 agent = AgentKeys.id(AgentKeys.secret());

  @Test
  void noTwoSecretsAreTheSame() {
    byte[] secret = AgentKeys.secret();
    assertEquals(32, secret.length);
    assertFalse(Arrays.equals(new byte[32], secret));
    assertFalse(Arrays.equals(secret, AgentKeys.secret()));
  }

  @Test
  void agentIsCalledByTheDigestOfItsSecret() throws GeneralSecurityException {
    byte[] secret = AgentKeys.secret();
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(secret), AgentKeys.id(secret).bytes());
  }

  @Test
  void keysAreOnTheCurveThatServersTake() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    assertEquals(256, key.getParams().getOrder().bitLength());
    assertFalse(pair.getPublic().equals(AgentKeys.pair().getPublic()));
  }

  private boolean proves(byte[] proof, byte[] server, Sha256 who) throws GeneralSecurityException {
    Signature check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(pair.getPublic());
    check.update(IdentityMessage.proven(server, who, pair.getPublic().getEncoded()));
    return check.verify(proof);
  }

  @Test
  void proofHoldsForThisServerAndThisAgentAlone() throws GeneralSecurityException {
    byte[] proof = AgentKeys.proof(pair, SERVER, agent);
    assertTrue(proves(proof, SERVER, agent));
    assertFalse(proves(proof, new byte[] {5, 6, 8}, agent));
    assertFalse(proves(proof, SERVER, AgentKeys.id(AgentKeys.secret())));
  }

  @Test
  void keyIsToldFromThatOfAnotherCertificate() throws GeneralSecurityException {
    X509Certificate certificate = authority.agent("pc", pair.getPublic());
    assertTrue(AgentKeys.match(pair.getPrivate(), certificate));
    assertFalse(AgentKeys.match(AgentKeys.pair().getPrivate(), certificate));
    KeyPair ofAnotherKind = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertFalse(AgentKeys.match(ofAnotherKind.getPrivate(), certificate));
  }

  @Test
  void whatWasKeptIsReadAgain() throws GeneralSecurityException {
    X509Certificate certificate = authority.agent("pc", pair.getPublic());
    assertEquals(certificate, AgentKeys.certificate(certificate.getEncoded()));
    assertEquals(pair.getPrivate(), AgentKeys.privateKey(pair.getPrivate().getEncoded()));
    assertThrows(GeneralSecurityException.class, () -> AgentKeys.certificate(SERVER));
    assertThrows(GeneralSecurityException.class, () -> AgentKeys.privateKey(SERVER));
  }
}
