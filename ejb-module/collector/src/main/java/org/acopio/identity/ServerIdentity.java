package org.acopio.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.identity.IdentityFolder.Pair;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.Sha256;

/**
 * What the server is known by: its authority, which certifies PCs, and its own key, with which it
 * answers. Both lie in the folder {@code identity} of the data folder, are made at the first start
 * and kept for ever. Immutable.
 */
public final class ServerIdentity {
  /** The folder's name in the data folder. */
  public static final String FOLDER = "identity";

  static final String SIGNATURE = "SHA256withECDSA";
  private static final Logger LOG = System.getLogger(ServerIdentity.class.getName());
  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";
  private static final String CURVE = "secp256r1";
  private static final int SHOWN = 8;

  private final Pair authority;
  private final Pair server;

  private ServerIdentity(Pair authority, Pair server) {
    this.authority = authority;
    this.server = server;
  }

  /**
   * The identity in this data folder. It is made when there is none; a new certificate of the
   * server when only that was removed.
   *
   * @throws IdentityException when a file is missing, damaged, or open to others
   */
  public static ServerIdentity open(Path data) {
    IdentityFolder folder = new IdentityFolder(data.resolve(FOLDER));
    if (!folder.exists()) {
      IdentityFolder fresh = folder.prepare();
      Pair authority = newAuthority();
      fresh.write(AUTHORITY, authority);
      fresh.write(SERVER, newServer(authority));
      folder.become(fresh);
      LOG.log(Level.INFO, "made the authority that certifies PCs in {0}", folder.path());
    }
    Pair authority = folder.read(AUTHORITY);
    if (folder.isMissing(SERVER)) {
      folder.write(SERVER, newServer(authority));
      LOG.log(Level.INFO, "made a new certificate of this server in {0}", folder.path());
    }
    Pair server = folder.read(SERVER);
    expectSigned(folder, server.certificate(), authority.certificate());
    return new ServerIdentity(
        authority, new Pair(server.key(), List.of(server.certificate(), authority.certificate())));
  }

  /** The authority's certificate in DER. */
  public byte[] authority() {
    return encoded(authority.certificate());
  }

  /** The server's own certificate in DER. */
  public byte[] certificate() {
    return encoded(server.certificate());
  }

  /** The code that carries this secret to a PC. */
  public EnrolmentCode code(byte[] secret) {
    return EnrolmentCode.of(authority(), secret);
  }

  /** A certificate in DER for the agent's key, by which this server knows it from then on. */
  byte[] issue(Sha256 agent, AgentKey key) {
    return encoded(
        issuer(authority.key(), authority.certificate()).client(agent.toString(), key.publicKey()));
  }

  /**
   * TLS as this server, which takes certificates of its own authority alone and asks nobody else
   * whether they are good.
   */
  public SSLContext tls() {
    char[] none = new char[0];
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(SERVER, server.key(), none, server.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, none);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, authority.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IdentityException("this Java has no TLS 1.3 for the server's key", e);
    }
  }

  private static Pair newAuthority() {
    KeyPair pair = newKey();
    String name =
        "Acopio authority "
            + Sha256.of(Sha256.start().digest(pair.getPublic().getEncoded()))
                .toString()
                .substring(0, SHOWN);
    Issuer itself = new Issuer(name, pair.getPrivate(), pair.getPublic());
    return new Pair(pair.getPrivate(), List.of(itself.authority()));
  }

  private static Pair newServer(Pair authority) {
    KeyPair pair = newKey();
    X509Certificate certificate =
        issuer(authority.key(), authority.certificate()).server(pair.getPublic());
    return new Pair(pair.getPrivate(), List.of(certificate, authority.certificate()));
  }

  private static Issuer issuer(PrivateKey key, X509Certificate authority) {
    String name = authority.getSubjectX500Principal().getName();
    return new Issuer(name.substring("CN=".length()), key, authority.getPublicKey());
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IdentityException("this Java makes no EC keys on " + CURVE, e);
    }
  }

  private static void expectSigned(
      IdentityFolder folder, X509Certificate server, X509Certificate authority) {
    try {
      server.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          folder.certificateFile(SERVER)
              + " was not made by the authority of "
              + folder.certificateFile(AUTHORITY)
              + "; remove it and "
              + folder.keyFile(SERVER)
              + ", and the next start makes both anew",
          e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IdentityException("a certificate of this server is damaged", e);
    }
  }
}
