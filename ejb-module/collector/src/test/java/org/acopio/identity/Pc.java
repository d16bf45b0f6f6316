package org.acopio.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.Sha256;

/** The keys of a PC, and what it says with them. */
final class Pc {
  final Sha256 agent;
  final KeyPair keys;

  Pc(String agentKey) {
    this(agentKey, "secp256r1");
  }

  Pc(String agentKey, String curve) {
    agent = Sha256.of(Sha256.start().digest(agentKey.getBytes(StandardCharsets.UTF_8)));
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  AgentKey key() {
    return new AgentKey(keys.getPublic(), AgentKey.digest(keys.getPublic()));
  }

  byte[] publicKey() {
    return keys.getPublic().getEncoded();
  }

  byte[] proof(ServerIdentity server) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(IdentityMessage.proven(server.certificate(), agent, publicKey()));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Enrol enrol(byte[] secret, ServerIdentity server) {
    return new Enrol(secret, agent, publicKey(), proof(server), "pc-1", "1.0");
  }

  Renew renew(ServerIdentity server) {
    return new Renew(agent, publicKey(), proof(server), "pc-1", "1.0");
  }
}
