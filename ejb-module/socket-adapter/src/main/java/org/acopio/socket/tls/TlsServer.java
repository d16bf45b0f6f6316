package org.acopio.socket.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.TlsSettings;
import org.acopio.socket.settings.TlsSettings.ClientCertificates;
import org.acopio.socket.settings.TlsSettings.FirstRead;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS 1.3 and 1.2, with its key. When one of its files has changed,
 * connections that come afterwards get what is there now; files that cannot be used change nothing.
 * Thread-safe.
 */
public final class TlsServer {
  private static final Logger LOG = System.getLogger(TlsServer.class.getName());

  /** The files are looked at so often at most, and only when somebody connects. */
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int HANDSHAKE = 0x16;

  private final String endpoint;
  private final TlsSettings settings;
  private final ReentrantLock looking = new ReentrantLock();
  private List<FileMark> marks = List.of();
  private volatile @Nullable SSLContext context;
  private volatile long nextLook;

  private TlsServer(String endpoint, TlsSettings settings) {
    this.endpoint = endpoint;
    this.settings = settings;
  }

  /**
   * TLS for the connections of an activation, once it has begun.
   *
   * @param endpoint name of the activation
   */
  public static TlsServer of(String endpoint, TlsSettings settings) {
    return new TlsServer(endpoint, settings);
  }

  /** Whether the files have to be there before the application has started. */
  public boolean beginsAtActivation() {
    return settings.firstRead() == FirstRead.ACTIVATION;
  }

  /**
   * Reads key, certificates and authorities, unless that was done; connections come afterwards. A
   * certificate that is out of date is used, with a warning.
   *
   * @throws InvalidSettingException if a file cannot be used; it names property, file and reason
   */
  public void begin() {
    looking.lock();
    try {
      if (context == null) {
        // Before they are read: what is written meanwhile is seen as a change.
        marks = FileMark.of(settings.files());
        context = read();
        nextLook = System.nanoTime() + BETWEEN_LOOKS_NANOS;
      }
    } finally {
      looking.unlock();
    }
  }

  private SSLContext read() {
    Identity identity = Identity.load(settings.material());
    identity.warnOfDates(endpoint);
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys(identity).getKeyManagers(), trust(settings), null);
      return made;
    } catch (GeneralSecurityException | IOException unusable) {
      throw identity.unusable(unusable);
    }
  }

  /** What new connections get. */
  private SSLContext current() {
    long now = System.nanoTime();
    if (now - nextLook >= 0 && looking.tryLock()) {
      try {
        nextLook = now + BETWEEN_LOOKS_NANOS;
        look();
      } finally {
        looking.unlock();
      }
    }
    return Objects.requireNonNull(context, "nobody is served before begin()");
  }

  private void look() {
    List<FileMark> now = FileMark.of(settings.files());
    if (now.equals(marks)) {
      return;
    }
    // Kept also when they cannot be used, so that it is said once.
    marks = now;
    try {
      context = read();
      LOG.log(
          Level.INFO, "the TLS files of endpoint ''{0}'' have changed; they are used", endpoint);
    } catch (InvalidSettingException unusable) {
      LOG.log(Level.WARNING, Failure.TLS_KEPT.text(endpoint, unusable.getMessage()));
    }
  }

  /** The certificates that the client of a session proved itself with, its own first. */
  public static List<X509Certificate> clientCertificates(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
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

  /**
   * Whether the first byte of a connection begins TLS: the content type of a handshake record (RFC
   * 8446 §5.1).
   */
  public static boolean begins(int firstByte) {
    return firstByte == HANDSHAKE;
  }

  /** For one connection of an event loop. */
  public SSLEngine newEngine() {
    SSLEngine engine = current().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters(engine.getSSLParameters()));
    return engine;
  }

  /**
   * For one connection with a thread of its own.
   *
   * @param socket that was accepted; closed with the socket that is returned
   * @param begun bytes of TLS that were read from it
   */
  public SSLSocket over(Socket socket, byte... begun) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            current()
                .getSocketFactory()
                .createSocket(socket, new ByteArrayInputStream(begun), true);
    secured.setSSLParameters(parameters(secured.getSSLParameters()));
    return secured;
  }

  private SSLParameters parameters(SSLParameters parameters) {
    parameters.setProtocols(settings.protocols().toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    switch (settings.clientCertificates()) {
      case NONE -> parameters.setNeedClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }
}
