package org.acopio.client.send;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.remote.IdentityMessage;

/**
 * What stands before a server's calls: TLS 1.3, who may come through, and the conversation about
 * who that is.
 */
final class SecureFront implements FakeServer.Front {
  final FakeRegistrar registrar;

  /** The protocols of the connections that came through, in order. */
  final List<String> admitted = new java.util.concurrent.CopyOnWriteArrayList<>();

  private final SSLContext context;
  private final Set<Thread> talks = ConcurrentHashMap.newKeySet();

  SecureFront(TestAuthority authority) throws Exception {
    this(authority, AgentKeys.pair());
  }

  private SecureFront(TestAuthority authority, KeyPair pair) throws Exception {
    this(authority, pair, authority.server(pair.getPublic()));
  }

  SecureFront(TestAuthority authority, KeyPair pair, X509Certificate server) throws Exception {
    registrar = new FakeRegistrar(authority, server);
    context = context(authority, pair, server);
  }

  private static SSLContext context(TestAuthority authority, KeyPair pair, X509Certificate server)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "server",
        pair.getPrivate(),
        new char[0],
        new Certificate[] {server, authority.certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public Optional<Socket> admit(Socket plain) {
    try {
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
      socket.setUseClientMode(false);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setWantClientAuth(true);
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setApplicationProtocols(
          new String[] {IdentityMessage.CALLS_ALPN, IdentityMessage.ALPN});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return through(socket);
    } catch (IOException e) {
      close(plain);
      return Optional.empty();
    }
  }

  private Optional<Socket> through(SSLSocket socket) throws IOException {
    Optional<X509Certificate> agent = agent(socket);
    admitted.add(socket.getApplicationProtocol());
    if (socket.getApplicationProtocol().equals(IdentityMessage.ALPN)) {
      Thread talk = new Thread(() -> talk(socket, agent), "fake-talk");
      talks.add(talk);
      talk.start();
      return Optional.empty();
    }
    if (agent.filter(registrar::takes).isEmpty()) {
      socket.close();
      return Optional.empty();
    }
    return Optional.of(socket);
  }

  private static Optional<X509Certificate> agent(SSLSocket socket) {
    try {
      return Optional.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void talk(SSLSocket socket, Optional<X509Certificate> agent) {
    try (socket) {
      registrar.serve(socket.getInputStream(), socket.getOutputStream(), agent);
    } catch (IOException e) {
      // The agent sees it as well.
      return;
    }
  }

  /** Returns when every conversation is over. */
  void join() throws InterruptedException {
    for (Thread talk : talks) {
      talk.join();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
