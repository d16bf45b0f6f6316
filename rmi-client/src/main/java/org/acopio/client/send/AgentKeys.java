package org.acopio.client.send;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.acopio.remote.Hello;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.Sha256;

/** The keys of an agent: a secret by which it is known, and a pair by which it proves that. */
final class AgentKeys {
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";

  private AgentKeys() {}

  /** A fresh secret. */
  static byte[] secret() {
    byte[] secret = new byte[Hello.KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** What a server calls the agent with this secret. */
  static Sha256 id(byte[] secret) {
    return Sha256.of(Sha256.start().digest(secret));
  }

  /** A fresh pair. */
  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** See {@link IdentityMessage#proven}. */
  static byte[] proof(KeyPair pair, byte[] serverCertificate, Sha256 agent) {
    byte[] proven = IdentityMessage.proven(serverCertificate, agent, pair.getPublic().getEncoded());
    try {
      return signature(pair.getPrivate(), proven);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was made here signs", e);
    }
  }

  private static byte[] signature(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(SIGNATURE);
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  /** Whether a private key is the one that a certificate is for. */
  static boolean match(PrivateKey key, X509Certificate certificate) {
    try {
      byte[] word = {1, 2, 3};
      Signature check = Signature.getInstance(SIGNATURE);
      check.initVerify(certificate.getPublicKey());
      check.update(word);
      return check.verify(signature(key, word));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
