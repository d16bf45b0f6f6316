package org.acopio.socket.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.TlsSettings;
import org.acopio.socket.settings.TlsSettings.ClientCertificates;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS 1.3 and 1.2, with its key. Thread-safe. */
public final class TlsServer {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final ClientCertificates clients;

  private TlsServer(SSLContext context, ClientCertificates clients) {
    this.context = context;
    this.clients = clients;
  }

  /**
   * Reads key, certificates and trust. A certificate that is out of date is used, with a warning.
   *
   * @param endpoint name of the activation
   * @throws InvalidSettingException if a file cannot be used; it names property, file and reason
   */
  public static TlsServer load(String endpoint, TlsSettings settings) {
    Identity identity = Identity.load(settings.material());
    identity.warnOfDates(endpoint);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(identity).getKeyManagers(), trust(settings), null);
      return new TlsServer(context, settings.clientCertificates());
    } catch (GeneralSecurityException | IOException unusable) {
      throw identity.unusable(unusable);
    }
  }

  private static KeyManagerFactory keys(Identity identity)
      throws GeneralSecurityException, IOException {
    char[] password = "memory only".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", identity.key(), password, identity.chain());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory;
  }

  private static TrustManager @Nullable [] trust(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.clientCertificates() == ClientCertificates.NONE) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (var authority : PemFile.authorities(settings.trust())) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** For one connection of an event loop. */
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters(engine.getSSLParameters()));
    return engine;
  }

  /**
   * For one connection with a thread of its own.
   *
   * @param socket accepted, with nothing of TLS read; closed with the socket that is returned
   */
  public SSLSocket over(Socket socket) throws IOException {
    String peer = socket.getInetAddress().getHostAddress();
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, peer, socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.setSSLParameters(parameters(secured.getSSLParameters()));
    return secured;
  }

  private SSLParameters parameters(SSLParameters parameters) {
    parameters.setProtocols(PROTOCOLS);
    parameters.setUseCipherSuitesOrder(true);
    switch (clients) {
      case NONE -> parameters.setNeedClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }
}
