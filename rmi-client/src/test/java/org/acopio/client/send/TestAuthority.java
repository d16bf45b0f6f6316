package org.acopio.client.send;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates as a server's authority does. */
final class TestAuthority {
  private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59Z");

  final KeyPair pair = AgentKeys.pair();
  final X509Certificate certificate;

  TestAuthority(String name) {
    X500Principal self = new X500Principal("CN=" + name);
    certificate = sign(self, self, pair.getPublic(), Optional.empty(), FOR_EVER);
  }

  X509Certificate server(PublicKey key) {
    return server(key, FOR_EVER);
  }

  X509Certificate server(PublicKey key, Instant until) {
    return leaf("acopio-server", key, KeyPurposeId.id_kp_serverAuth, until);
  }

  X509Certificate agent(String name, PublicKey key) {
    return leaf(name, key, KeyPurposeId.id_kp_clientAuth, FOR_EVER);
  }

  private X509Certificate leaf(String name, PublicKey key, KeyPurposeId use, Instant until) {
    return sign(
        certificate.getSubjectX500Principal(),
        new X500Principal("CN=" + name),
        key,
        Optional.of(use),
        until);
  }

  private X509Certificate sign(
      X500Principal issuer,
      X500Principal subject,
      PublicKey key,
      Optional<KeyPurposeId> use,
      Instant until) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(120, new SecureRandom()),
              Date.from(FROM),
              Date.from(until),
              subject,
              key);
      boolean authority = use.isEmpty();
      builder.addExtension(
          Extension.basicConstraints,
          true,
          authority ? new BasicConstraints(0) : new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
      if (use.isPresent()) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use.get()));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
