package org.acopio.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The server's own key and certificate, which it has in the data folder since its first start. */
final class HttpsKey {
  private static final int PASSWORD_BYTES = 24;
  private static final String CERTIFICATE_FILE = "server.pem";
  private static final String KEY_FILE = "server.key";

  private final PrivateKey key;
  private final List<Certificate> chain;

  private HttpsKey(PrivateKey key, List<Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /** Reads both from the folder of the server's identity. */
  static HttpsKey in(Path identity) {
    try {
      byte[] certificates = Files.readAllBytes(identity.resolve(CERTIFICATE_FILE));
      List<Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(certificates)));
      if (chain.isEmpty()) {
        throw new GeneralSecurityException(CERTIFICATE_FILE + " holds no certificate");
      }
      return new HttpsKey(key(identity.resolve(KEY_FILE), chain.get(0)), chain);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new StartException(
          "HTTPS needs the server's key and certificate, "
              + KEY_FILE
              + " and "
              + CERTIFICATE_FILE
              + " in "
              + identity
              + ", and they cannot be read: "
              + e
              + "; put them back from a copy of the folder, or switch HTTPS off with -D"
              + Settings.HTTPS_PORT
              + "=off",
          e);
    }
  }

  /** PKCS#8 in the textual encoding of RFC 7468, of the kind that the certificate is for. */
  private static PrivateKey key(Path file, Certificate certificate)
      throws IOException, GeneralSecurityException {
    String base64 =
        Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  Certificate certificate() {
    return chain.get(0);
  }

  /** SHA-256 of the certificate as browsers show it: pairs of digits with colons. */
  String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }

  /** A password for one run; whoever may read the store may read the key beside it as well. */
  static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Writes a key store that the container reads; its owner alone can. */
  void store(Path file, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] certificates = chain.toArray(Certificate[]::new);
      store.setKeyEntry("acopio", key, password.toCharArray(), certificates);
      Files.deleteIfExists(file);
      Files.createFile(file, ownerOnly());
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          String.format(
              Locale.ROOT, "The key store for HTTPS cannot be written to %s: %s", file, e),
          e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
