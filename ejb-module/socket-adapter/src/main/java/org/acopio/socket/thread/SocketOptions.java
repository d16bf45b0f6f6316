package org.acopio.socket.thread;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.acopio.socket.delivery.KeepAlive;

/** What is set on every accepted socket. */
final class SocketOptions {
  private SocketOptions() {}

  static void set(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (KeepAlive.tunable()) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KeepAlive.IDLE_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KeepAlive.INTERVAL_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KeepAlive.COUNT);
    }
  }
}
