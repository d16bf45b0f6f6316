package org.acopio.socket.tls;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.Property;
import org.acopio.socket.settings.TlsSettings.Material;
import org.acopio.socket.settings.TlsSettings.Pem;
import org.acopio.socket.settings.TlsSettings.Pkcs12;

/** A private key and the certificate chain that belongs to it. */
final class Identity {
  private static final Logger LOG = System.getLogger(Identity.class.getName());

  private final Property property;
  private final Path file;
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private Identity(Property property, Path file, PrivateKey key, List<X509Certificate> chain) {
    this.property = property;
    this.file = file;
    this.key = key;
    this.chain = chain;
  }

  static Identity load(Material material) {
    Identity identity = material instanceof Pem pem ? fromPem(pem) : fromStore((Pkcs12) material);
    identity.checkMatch(material instanceof Pem pem ? pem.key() : identity.file);
    return identity;
  }

  private static Identity fromPem(Pem pem) {
    return new Identity(
        Property.TLS_CERTIFICATE,
        pem.certificate(),
        PemFile.key(pem.key()),
        PemFile.certificates(pem.certificate()));
  }

  private static Identity fromStore(Pkcs12 from) {
    Path file = from.keyStore();
    try (InputStream bytes = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(bytes, from.password().toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return entry(store, alias, from);
        }
      }
      throw PemFile.unusable(Property.TLS_KEY_STORE, file, "it holds no private key");
    } catch (NoSuchFileException missing) {
      throw PemFile.unusable(Property.TLS_KEY_STORE, file, "there is no such file", missing);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    } catch (GeneralSecurityException wrong) {
      throw PemFile.unusable(Property.TLS_KEY_STORE, file, wrong.getMessage(), wrong);
    }
  }

  /** A wrong password comes as an IOException with that cause ({@link KeyStore#load}). */
  private static InvalidSettingException unreadable(Path file, IOException unreadable) {
    return unreadable.getCause() instanceof UnrecoverableKeyException
        ? PemFile.unusable(
            Property.TLS_KEY_STORE_PASSWORD, file, "the password is wrong", unreadable)
        : PemFile.unusable(
            Property.TLS_KEY_STORE,
            file,
            "it is no readable PKCS#12 key store: " + unreadable.getMessage(),
            unreadable);
  }

  private static Identity entry(KeyStore store, String alias, Pkcs12 from)
      throws GeneralSecurityException {
    PrivateKey key = (PrivateKey) store.getKey(alias, from.password().toCharArray());
    List<X509Certificate> chain =
        Arrays.stream(store.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
    return new Identity(Property.TLS_KEY_STORE, from.keyStore(), key, chain);
  }

  PrivateKey key() {
    return key;
  }

  Certificate[] chain() {
    return chain.toArray(Certificate[]::new);
  }

  /** Signs something and checks it, which works for every kind of key. */
  private void checkMatch(Path keyFile) {
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm());
      signature.initSign(key);
      byte[] proof = signature.sign();
      signature.initVerify(publicKey());
      if (signature.verify(proof)) {
        return;
      }
    } catch (GeneralSecurityException differentKinds) {
      throw new InvalidSettingException(
          property, Failure.TLS_MISMATCH.text(keyFile, file), differentKinds);
    }
    throw new InvalidSettingException(property, Failure.TLS_MISMATCH.text(keyFile, file));
  }

  private PublicKey publicKey() {
    return chain.get(0).getPublicKey();
  }

  private String signatureAlgorithm() {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  void warnOfDates(String endpoint) {
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException outOfDate) {
      LOG.log(
          Level.WARNING,
          Failure.TLS_EXPIRED.text(
              endpoint,
              own.getSubjectX500Principal().getName(),
              own.getNotBefore().toInstant(),
              own.getNotAfter().toInstant()));
    }
  }

  InvalidSettingException unusable(Exception cause) {
    return PemFile.unusable(property, file, String.valueOf(cause.getMessage()), cause);
  }
}
