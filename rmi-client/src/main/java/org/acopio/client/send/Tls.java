package org.acopio.client.send;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.IdentityMessage;

/**
 * TLS 1.3 towards the servers of one authority. Loaded only by agents that are enrolled somewhere,
 * or about to be: it takes a cold JVM longer than everything else of a call.
 */
final class Tls {
  private static final String VERSION = "TLSv1.3";

  private final SSLContext context;
  private final ServerTrouble.Code stranger;

  private Tls(KeyManager[] keys, TrustManager trust, ServerTrouble.Code stranger) {
    this.stranger = stranger;
    try {
      context = SSLContext.getInstance(VERSION);
      context.init(keys, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + VERSION, e);
    }
  }

  /** Shows this identity, and trusts its authority. */
  static Tls of(Identity identity) {
    return new Tls(
        new KeyManager[] {new OwnKey(identity)},
        PinnedTrust.in(identity.authority()),
        ServerTrouble.Code.OTHER_AUTHORITY);
  }

  /** Shows nothing, and trusts the authority that a code names. */
  static Tls invited(EnrolmentCode code) {
    return new Tls(
        new KeyManager[0],
        PinnedTrust.when(authority -> code.names(encoded(authority))),
        ServerTrouble.Code.OTHER_SERVER_THAN_CODE);
  }

  /**
   * Makes a connected socket a secure one. Does not close it, whatever happens.
   *
   * @param protocol of the application (ALPN)
   */
  Layer over(Socket socket, ServerAddress server, String protocol) throws IOException {
    try {
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, server.host(), server.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setProtocols(new String[] {VERSION});
      parameters.setApplicationProtocols(new String[] {protocol});
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      if (!protocol.equals(secure.getApplicationProtocol())) {
        throw new AccessException(
            ServerTrouble.Code.NOT_ACOPIO, "no " + protocol + " there", true, null);
      }
      List<X509Certificate> chain =
          Arrays.stream(secure.getSession().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList();
      return new Layer(secure.getInputStream(), secure.getOutputStream(), chain);
    } catch (SSLException | SocketException e) {
      throw explained(e);
    }
  }

  private IOException explained(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PinnedTrust.Stranger) {
        return new AccessException(stranger, String.valueOf(cause.getMessage()), false, e);
      }
      if (cause instanceof EOFException || cause instanceof SocketException) {
        // What does not know TLS hangs up; so does a server that stops, and that comes back.
        return new AccessException(
            ServerTrouble.Code.NOT_SECURE, String.valueOf(cause.getMessage()), true, e);
      }
    }
    // What is no record of TLS at all is told by the plain exception, alerts by its kinds.
    boolean foreign =
        e instanceof SSLException && !(e instanceof SSLHandshakeException) && e.getCause() == null;
    return foreign
        ? new AccessException(
            ServerTrouble.Code.NOT_SECURE, String.valueOf(e.getMessage()), false, e)
        : e;
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }

  /**
   * What goes over a secure socket.
   *
   * @param server the server's certificate, and those that vouch for it
   */
  record Layer(InputStream in, OutputStream out, List<X509Certificate> server) {
    /** What the server showed, in DER: what {@link IdentityMessage#proven} wants. */
    byte[] serverCertificate() {
      return encoded(server.get(0));
    }
  }
}
