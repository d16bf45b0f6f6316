package org.acopio.client.send;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.acopio.remote.IdentityMessage;

/**
 * Who this PC is for the servers of one authority.
 *
 * @param authority whose servers it trusts
 * @param certificate that the authority gave it
 * @param key the private one of that certificate
 * @param agentKey the secret that it says in its hello; copied
 * @param lineage the word that it was given last; copied
 */
record Identity(
    X509Certificate authority,
    X509Certificate certificate,
    PrivateKey key,
    byte[] agentKey,
    byte[] lineage) {
  Identity {
    agentKey = agentKey.clone();
    lineage = lineage.clone();
    if (lineage.length != IdentityMessage.LINEAGE_BYTES) {
      throw new IllegalArgumentException("a lineage of " + lineage.length + " bytes");
    }
  }

  @Override
  public byte[] agentKey() {
    return agentKey.clone();
  }

  @Override
  public byte[] lineage() {
    return lineage.clone();
  }

  Identity next(byte[] word) {
    return new Identity(authority, certificate, key, agentKey, word);
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
