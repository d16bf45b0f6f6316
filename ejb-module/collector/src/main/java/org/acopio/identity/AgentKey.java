package org.acopio.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A public key that an agent showed it has the private one of.
 *
 * @param publicKey on P-256
 * @param digest of its SubjectPublicKeyInfo, by which it is known
 */
record AgentKey(PublicKey publicKey, Sha256 digest) {
  private static final int MAX_BYTES = 200;
  private static final int CURVE_BITS = 256;

  /** A P-256 key as SubjectPublicKeyInfo begins with this, up to the point (RFC 5480). */
  private static final byte[] P256_PREFIX = {
    0x30,
    0x59,
    0x30,
    0x13,
    0x06,
    0x07,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0xce,
    0x3d,
    0x02,
    0x01,
    0x06,
    0x08,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0xce,
    0x3d,
    0x03,
    0x01,
    0x07,
    0x03,
    0x42,
    0x00,
    0x04
  };

  /** A key or a proof that is none; the message is for the agent's owner. */
  static final class Unproven extends Exception {
    private static final long serialVersionUID = 1L;

    Unproven(String message) {
      super(message);
    }
  }

  /**
   * The key, once it is sure that the agent has it.
   *
   * @param serverCertificate that the connection showed
   */
  static AgentKey proven(byte[] serverCertificate, Sha256 agent, byte[] encoded, byte[] proof)
      throws Unproven {
    PublicKey key = parse(encoded);
    try {
      Signature signature = Signature.getInstance(ServerIdentity.SIGNATURE);
      signature.initVerify(key);
      signature.update(IdentityMessage.proven(serverCertificate, agent, encoded));
      if (signature.verify(proof)) {
        return new AgentKey(key, digest(key));
      }
    } catch (GeneralSecurityException e) {
      throw unproven(e);
    }
    throw unproven(null);
  }

  /** By what a key is known. */
  static Sha256 digest(PublicKey key) {
    return Sha256.of(Sha256.start().digest(key.getEncoded()));
  }

  private static PublicKey parse(byte[] encoded) throws Unproven {
    if (encoded.length > MAX_BYTES
        || encoded.length < P256_PREFIX.length
        || !Arrays.equals(P256_PREFIX, Arrays.copyOf(encoded, P256_PREFIX.length))) {
      throw new Unproven(
          "the key is no EC key on P-256 as SubjectPublicKeyInfo in DER; use the agent that came"
              + " with the server");
    }
    try {
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
      if (key instanceof ECPublicKey ec
          && ec.getParams().getCurve().getField().getFieldSize() == CURVE_BITS
          && Arrays.equals(encoded, key.getEncoded())) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw unproven(e);
    }
    throw new Unproven("the key is no point of P-256; use the agent that came with the server");
  }

  private static Unproven unproven(@Nullable Exception cause) {
    Unproven unproven =
        new Unproven(
            "the proof is not a signature of this connection by the key; use the agent that came"
                + " with the server");
    if (cause != null) {
      unproven.initCause(cause);
    }
    return unproven;
  }
}
