package org.acopio.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The HTTPS listener of a server that others than this machine reach. It serves the server's own
 * certificate; a listener that serves another, such as the one that every copy of the container
 * has, stops the start.
 *
 * @param port that it listens on
 * @param password of the key store, for this run
 */
record Https(int port, String password) {
  private static final int PATIENCE_MILLIS = 20_000;

  Https(int port) {
    this(port, HttpsKey.newPassword());
  }

  /** Where the container finds the key. */
  static Path store(ContainerRoot root) {
    return root.config("https.p12");
  }

  /** Opens the listener of a container in which the server runs, and returns what it serves. */
  HttpsKey open(Container container, ContainerRoot root, Path identity, InetAddress address) {
    HttpsKey key = HttpsKey.in(identity);
    key.store(store(root), password);
    container.openHttps();
    expectServed(key.certificate(), address);
    return key;
  }

  /** Makes sure that the port shows this certificate, and that its key is there. */
  void expectServed(Certificate own, InetAddress address) {
    try (SSLSocket probe = (SSLSocket) trusting(own).getSocketFactory().createSocket()) {
      probe.setSoTimeout(PATIENCE_MILLIS);
      probe.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      probe.startHandshake();
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          "Port " + port + " (" + Settings.HTTPS_PORT + ") does not serve HTTPS: " + e.getMessage(),
          e);
    }
  }

  private static SSLContext trusting(Certificate own) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Only(own)}, null);
    return context;
  }

  /** Trusts one certificate. */
  private record Only(Certificate own) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      if (!chain[0].equals(own)) {
        throw new CertificateException(
            "it shows the certificate of " + chain[0].getSubjectX500Principal());
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
