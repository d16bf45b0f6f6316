package org.acopio.socket.selector;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.acopio.socket.delivery.KeepAlive;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.tls.TlsServer;

/** Gives an accepted channel its options and handlers. */
final class Dressing {
  private final EndpointSettings settings;
  private final Optional<TlsServer> tls;
  private final WriteBufferWaterMark waterMark;

  Dressing(EndpointSettings settings, Optional<TlsServer> tls) {
    this.settings = settings;
    this.tls = tls;
    this.waterMark =
        new WriteBufferWaterMark(settings.highWaterMark() / 2, settings.highWaterMark());
  }

  void options(SocketChannel channel) {
    channel.config().setTcpNoDelay(true);
    channel.config().setAllowHalfClosure(true);
    channel.config().setWriteBufferWaterMark(waterMark);
    channel.config().setKeepAlive(true);
    if (channel instanceof EpollSocketChannel) {
      set(channel, EpollChannelOption.TCP_KEEPIDLE, KeepAlive.IDLE_SECONDS);
      set(channel, EpollChannelOption.TCP_KEEPINTVL, KeepAlive.INTERVAL_SECONDS);
      set(channel, EpollChannelOption.TCP_KEEPCNT, KeepAlive.COUNT);
      set(channel, EpollChannelOption.TCP_USER_TIMEOUT, KeepAlive.UNACKNOWLEDGED_MILLIS);
    } else if (channel instanceof NioSocketChannel && KeepAlive.tunable()) {
      set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KeepAlive.IDLE_SECONDS);
      set(
          channel,
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
          KeepAlive.INTERVAL_SECONDS);
      set(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KeepAlive.COUNT);
    }
  }

  private static void set(SocketChannel channel, ChannelOption<Integer> option, int value) {
    channel.config().setOption(option, value);
  }

  void handlers(ChannelPipeline pipeline, SelectorConnection connection) {
    if (settings.proxyProtocol()) {
      pipeline.addLast(new ProxyHandler(connection));
    }
    tls.ifPresent(
        server ->
            pipeline.addLast(
                connection.undecided()
                    ? new FirstByteHandler(connection, () -> tlsHandler(server))
                    : tlsHandler(server)));
    pipeline.addLast(new ConnectionHandler(connection, refusal()));
  }

  private static SslHandler tlsHandler(TlsServer server) {
    SslHandler handler = new SslHandler(server.newEngine());
    // The sweep looks after the deadline; a timer for each connection is not needed.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  /** Whether a text can be read by a client that is turned away: with TLS it could not. */
  Optional<String> refusal() {
    return tls.isPresent() || settings.refusal().isEmpty()
        ? Optional.empty()
        : Optional.of(settings.refusal());
  }
}
