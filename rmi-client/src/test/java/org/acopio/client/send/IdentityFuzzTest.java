package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a server gives as a certificate, and whatever lies in the agent's files of keys. */
class IdentityFuzzTest {
  private static KeyPair pair;

  @BeforeAll
  static void makeKeys() {
    pair = AgentKeys.pair();
  }

  /** What a server shows or gives is never trusted for what it says of itself. */
  @FuzzTest
  void certificateOfNobodyIsRefused(byte[] bytes) {
    X509Certificate certificate;
    try {
      certificate = AgentKeys.certificate(bytes);
    } catch (GeneralSecurityException e) {
      return;
    }
    assertFalse(AgentKeys.match(pair.getPrivate(), certificate), "nobody certified this key");
    X509Certificate[] chain = {certificate};
    try {
      PinnedTrust.when(authority -> true).checkServerTrusted(chain, "EC");
      throw new AssertionError("an authority is no server");
    } catch (CertificateException e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
    }
  }

  @FuzzTest
  void pemIsReadOrRefused(byte[] bytes) throws GeneralSecurityException {
    for (String label : new String[] {Pem.CERTIFICATE, Pem.PRIVATE_KEY}) {
      byte[] der;
      try {
        der = Pem.decode(label, bytes);
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage() != null, "a refusal says why");
        continue;
      }
      assertTrue(der.length <= bytes.length, "bounded");
      assertArrayEquals(der, Pem.decode(label, Pem.encode(label, der)));
    }
  }

  @FuzzTest
  void privateKeyIsReadOrRefused(byte[] bytes) {
    try {
      assertEquals("EC", AgentKeys.privateKey(bytes).getAlgorithm());
    } catch (GeneralSecurityException e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
    }
  }
}
