package org.acopio.client.send;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the servers of one authority, whatever they are called and wherever they are. Which
 * authority that is was agreed on before, so no date counts: a PC whose clock is wrong finds its
 * server too.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  private final Optional<X509Certificate> known;
  private final Predicate<X509Certificate> expected;

  private PinnedTrust(Optional<X509Certificate> known, Predicate<X509Certificate> expected) {
    this.known = known;
    this.expected = expected;
  }

  /** Trusts an authority that is known. */
  static PinnedTrust in(X509Certificate authority) {
    return new PinnedTrust(Optional.of(authority), authority::equals);
  }

  /** Trusts the authority at the end of a server's chain when it is the expected one. */
  static PinnedTrust when(Predicate<X509Certificate> expected) {
    return new PinnedTrust(Optional.empty(), expected);
  }

  private void check(X509Certificate... chain) throws CertificateException {
    X509Certificate last = chain[chain.length - 1];
    X509Certificate authority = known.orElse(last);
    if (!expected.test(authority)) {
      throw new Stranger("the server's authority is " + last.getSubjectX500Principal(), null);
    }
    List<X509Certificate> path =
        Arrays.stream(chain).filter(each -> !each.equals(authority)).toList();
    List<String> uses = path.isEmpty() ? null : path.get(0).getExtendedKeyUsage();
    if (uses == null || !uses.contains(SERVER_AUTHENTICATION)) {
      throw new Stranger("the server shows a certificate that is no server's", null);
    }
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(path.get(0).getNotBefore());
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (GeneralSecurityException e) {
      throw new Stranger("the server's certificate is not of the authority: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("an agent has no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /** The server is not one of the authority. */
  static final class Stranger extends CertificateException {
    private static final long serialVersionUID = 1L;

    Stranger(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
