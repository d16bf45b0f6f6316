package org.acopio.socket.adapter;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.acopio.socket.TcpEndpointMXBean;

/** The client's side of TLS. */
final class TlsClients {
  private TlsClients() {}

  static SSLSocket connect(TcpEndpointMXBean endpoint, SSLContext context) throws IOException {
    return over(Adapter.connect(endpoint), context);
  }

  static SSLSocket over(Socket plain, SSLContext context) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
  }

  /** Sends a byte and gives the one that comes back. */
  static int exchange(Socket socket) throws IOException {
    socket.getOutputStream().write('x');
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("the server ended the connection");
    }
    return answer;
  }
}
