package org.acopio.socket.thread;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.acopio.socket.delivery.KeepAlive;

/** What is set on every accepted socket. */
final class SocketOptions {
  private SocketOptions() {}

  static void set(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    if (KeepAlive.tunable()) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KeepAlive.IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KeepAlive.INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KeepAlive.COUNT);
    }
  }
}
