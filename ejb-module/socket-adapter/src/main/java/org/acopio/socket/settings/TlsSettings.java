package org.acopio.socket.settings;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an endpoint's TLS key and certificates come from.
 *
 * @param material the key and certificate chain
 * @param clientCertificates whether clients show certificates
 * @param trust PEM file of the authorities for clients' certificates; empty path when not needed
 * @param protocols that are spoken, by their JSSE names; at least one
 * @param exemption who may do without TLS
 * @param firstRead when the files have to be there
 */
public record TlsSettings(
    Material material,
    ClientCertificates clientCertificates,
    Path trust,
    List<String> protocols,
    Exemption exemption,
    FirstRead firstRead) {
  /** The protocols that can be asked for; what came before them is broken. */
  static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  public TlsSettings {
    protocols = List.copyOf(protocols);
  }

  /**
   * Whether a client may do without TLS.
   *
   * @param peer of the socket itself, whatever a PROXY header says
   */
  public boolean exempts(InetAddress peer) {
    return exemption == Exemption.LOOPBACK && peer.isLoopbackAddress();
  }

  /** Every file that key, certificates and authorities come from. */
  public List<Path> files() {
    Stream<Path> own =
        material instanceof Pem pem
            ? Stream.of(pem.certificate(), pem.key())
            : Stream.of(((Pkcs12) material).keyStore());
    Stream<Path> authorities =
        clientCertificates == ClientCertificates.NONE ? Stream.empty() : Stream.of(trust);
    return Stream.concat(own, authorities).toList();
  }

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

  /** Who may come without TLS; their first byte tells what they do. */
  public enum Exemption {
    NONE,
    /** Clients on this machine. */
    LOOPBACK
  }

  /** When the files are read for the first time. */
  public enum FirstRead {
    /** What is wrong with them stops the deployment. */
    ACTIVATION,
    /** The application makes them at its start, before it gives its first bean. */
    FIRST_BEAN
  }

  /** The words of the property. */
  enum Mode {
    OFF,
    PEM,
    PKCS12
  }
}
