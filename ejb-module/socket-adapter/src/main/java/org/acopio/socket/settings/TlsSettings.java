package org.acopio.socket.settings;

import java.nio.file.Path;

/**
 * Where an endpoint's TLS key and certificates come from.
 *
 * @param material the key and certificate chain
 * @param clientCertificates whether clients show certificates
 * @param trust PEM file of the authorities for clients' certificates; empty path when not needed
 */
public record TlsSettings(Material material, ClientCertificates clientCertificates, Path trust) {

  /** A key with its certificate chain. */
  public sealed interface Material permits Pem, Pkcs12 {}

  /**
   * @param certificate PEM file with the chain, the server's own first
   * @param key PEM file with the unencrypted PKCS#8 key
   */
  public record Pem(Path certificate, Path key) implements Material {}

  /**
   * @param keyStore PKCS#12 file with one key entry
   * @param password of the store and its key
   */
  public record Pkcs12(Path keyStore, String password) implements Material {
    @Override
    public String toString() {
      return "Pkcs12[" + keyStore + "]";
    }
  }

  /** What is asked of clients. */
  public enum ClientCertificates {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /** The words of the property. */
  enum Mode {
    OFF,
    PEM,
    PKCS12
  }
}
