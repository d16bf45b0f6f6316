package org.acopio.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes certificates. The only class that knows Bouncy Castle, and loaded when one is made: a start
 * that makes none does not pay for it.
 *
 * <p>They do not expire (RFC 5280, 4.1.2.5): the catalog says whom the server trusts, and a PC
 * trusts the authority that it was given, so that a clock that is years off locks nobody out.
 */
final class Issuer {
  private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");
  private static final int SERIAL_BITS = 127;

  private final String name;
  private final PrivateKey key;
  private final PublicKey publicKey;

  /**
   * @param name of the authority
   * @param key of the authority
   * @param publicKey of the authority
   */
  Issuer(String name, PrivateKey key, PublicKey publicKey) {
    this.name = name;
    this.key = key;
    this.publicKey = publicKey;
  }

  /** The authority's own certificate, by which it is known. */
  X509Certificate authority() {
    return signed(
        name,
        publicKey,
        new BasicConstraints(0),
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
        null,
        null);
  }

  /** A certificate for the server, with the names that the machine has now. */
  X509Certificate server(PublicKey subject) {
    return signed(
        "acopio-server",
        subject,
        new BasicConstraints(false),
        new KeyUsage(KeyUsage.digitalSignature),
        KeyPurposeId.id_kp_serverAuth,
        ownNames());
  }

  /** A certificate for a client of this name. */
  X509Certificate client(String subjectName, PublicKey subject) {
    return signed(
        subjectName,
        subject,
        new BasicConstraints(false),
        new KeyUsage(KeyUsage.digitalSignature),
        KeyPurposeId.id_kp_clientAuth,
        null);
  }

  private X509Certificate signed(
      String subjectName,
      PublicKey subject,
      BasicConstraints constraints,
      KeyUsage usage,
      @Nullable KeyPurposeId purpose,
      @Nullable GeneralNames names) {
    try {
      X509v3CertificateBuilder certificate =
          new X509v3CertificateBuilder(
              named(name),
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
              Date.from(BEGIN),
              Date.from(NEVER),
              named(subjectName),
              SubjectPublicKeyInfo.getInstance(subject.getEncoded()));
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      certificate.addExtension(Extension.basicConstraints, true, constraints);
      certificate.addExtension(Extension.keyUsage, true, usage);
      certificate.addExtension(
          Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject));
      certificate.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(publicKey));
      if (purpose != null) {
        certificate.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      if (names != null) {
        certificate.addExtension(Extension.subjectAlternativeName, false, names);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              certificate.build(new JcaContentSignerBuilder(ServerIdentity.SIGNATURE).build(key)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IdentityException("no certificate for " + subjectName + " can be made", e);
    }
  }

  private static X500Name named(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  /** For clients that compare names; the agent compares the authority. */
  private static GeneralNames ownNames() {
    Set<String> hosts = new LinkedHashSet<>(List.of("localhost"));
    Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
          && !host.matches("[0-9.]+")) {
        hosts.add(host);
      }
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        each.inetAddresses().map(InetAddress::getHostAddress).forEach(addresses::add);
      }
    } catch (UnknownHostException | SocketException e) {
      System.getLogger(Issuer.class.getName())
          .log(System.Logger.Level.DEBUG, "not all names of this machine are known", e);
    }
    List<GeneralName> names = new ArrayList<>();
    hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
    addresses.stream()
        .map(address -> address.replaceFirst("%.*", ""))
        .distinct()
        .forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }
}
