package org.acopio.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain TCP client of the loopback address whose reads end after ten seconds. */
final class TcpClient implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  private final Socket socket;

  private TcpClient(Socket socket) {
    this.socket = socket;
  }

  static TcpClient to(int port) throws IOException {
    return to(port, 0);
  }

  /** From another loopback address than everybody else's. */
  static TcpClient from(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    return connect(socket, port);
  }

  /** With a small receive buffer, so that what is not read soon fills the server's side. */
  static TcpClient to(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    return connect(socket, port);
  }

  private static TcpClient connect(Socket socket, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    return new TcpClient(socket);
  }

  /** The port of this client, by which the server tells it from others. */
  int port() {
    return socket.getLocalPort();
  }

  TcpClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  TcpClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Says that nothing more is sent; what the server still answers can be read. */
  TcpClient endOfInput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  byte[] read(int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  /** Everything that comes until the server closes. */
  byte[] readToEnd() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  String textToEnd() throws IOException {
    return new String(readToEnd(), StandardCharsets.UTF_8);
  }

  /** Text up to and with an end that it must have. */
  String textUpTo(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server closed after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
