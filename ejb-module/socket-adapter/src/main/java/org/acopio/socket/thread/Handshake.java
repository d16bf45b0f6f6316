package org.acopio.socket.thread;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.acopio.socket.frame.FrameException;
import org.acopio.socket.frame.ProxyHeader;
import org.acopio.socket.frame.ProxyHeaderReader;
import org.acopio.socket.tls.TlsServer;

/** What comes before the first byte for a listener: the PROXY header, then TLS. */
final class Handshake {
  private static final Logger LOG = System.getLogger(Handshake.class.getName());

  private Handshake() {}

  /**
   * How a connection is talked over.
   *
   * @param socket for what is sent and for the end of it
   * @param input what the peer sends
   */
  record Way(Socket socket, InputStream input) {
    private static Way over(Socket socket) throws IOException {
      return new Way(socket, socket.getInputStream());
    }
  }

  /** The limit for the address in the PROXY header is reached. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("too many connections of this address", null, false, false);
    }
  }

  /** The way to talk: with TLS not over the socket that was accepted. */
  static Way of(ThreadConnection connection, Socket raw, Optional<TlsServer> tls)
      throws IOException, Refused {
    if (connection.port().settings().proxyProtocol()) {
      readProxyHeader(connection, raw);
      if (!connection.admitted()) {
        throw new Refused();
      }
    }
    if (tls.isEmpty()) {
      return Way.over(raw);
    }
    return connection.undecided()
        ? asBegun(connection, raw, tls.get())
        : secured(connection, raw, tls.get());
  }

  /** The first byte tells TLS from plain; who ends without one had nothing to hide. */
  private static Way asBegun(ThreadConnection connection, Socket raw, TlsServer tls)
      throws IOException {
    int first = raw.getInputStream().read();
    connection.decided();
    if (TlsServer.begins(first)) {
      return secured(connection, raw, tls, (byte) first);
    }
    return first < 0 ? Way.over(raw) : new Way(raw, new BegunInput(first, raw.getInputStream()));
  }

  private static void readProxyHeader(ThreadConnection connection, Socket raw) throws IOException {
    try {
      header(raw.getInputStream())
          .addresses()
          .ifPresent(said -> connection.readdressed(said.source(), said.destination()));
    } catch (FrameException wrong) {
      LOG.log(Level.DEBUG, "{0} is refused: {1}", connection.remoteAddress(), wrong.getMessage());
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  /** Not a byte more than the header is read, because TLS begins with the next. */
  private static ProxyHeader header(InputStream in) throws IOException, FrameException {
    ProxyHeaderReader reader = new ProxyHeaderReader();
    Optional<ProxyHeader> header = Optional.empty();
    while (header.isEmpty()) {
      byte[] bytes = in.readNBytes(reader.wanted());
      if (bytes.length == 0) {
        throw new EOFException("the input ended inside the PROXY header");
      }
      header = reader.read(ByteBuffer.wrap(bytes));
    }
    return header.get();
  }

  private static Way secured(ThreadConnection connection, Socket raw, TlsServer tls, byte... begun)
      throws IOException {
    SSLSocket secured = tls.over(raw, begun);
    try {
      secured.startHandshake();
      connection.handshaken(secured.getSession());
      return Way.over(secured);
    } catch (IOException failed) {
      LOG.log(
          Level.DEBUG, "TLS with {0} failed: {1}", connection.remoteAddress(), failed.getMessage());
      throw failed;
    }
  }
}
