package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.acopio.socket.CloseReason;
import org.acopio.socket.frame.ProxyHeader;

/** Tells a connection what happens on its channel. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(ConnectionHandler.class.getName());

  private final SelectorConnection connection;
  private final Optional<String> refusal;

  /**
   * @param refusal what a client is told that is one too many
   */
  ConnectionHandler(SelectorConnection connection, Optional<String> refusal) {
    this.connection = connection;
    this.refusal = refusal;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connection.active();
    if (context.pipeline().first() == this) {
      connection.open();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.over();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    connection.received((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection.readsDone();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    connection.writabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      handshakeEnded(context, handshake);
    } else if (event instanceof ChannelInputShutdownEvent
        || event == SslCloseCompletionEvent.SUCCESS) {
      connection.inputEnded();
    } else if (event instanceof ProxyHeader header) {
      proxied(context, header);
    }
  }

  /** Whose connection it is, and so which limit holds, is known only now. */
  private void proxied(ChannelHandlerContext context, ProxyHeader header) {
    connection.proxied(header);
    if (!connection.admitted()) {
      connection.dismiss();
      protection(context).forEach(context.pipeline()::remove);
      context.pipeline().replace(this, null, new Farewell(connection.lane(), refusal));
    } else if (protection(context).isEmpty()) {
      connection.open();
    }
  }

  /** What stands between the socket and this handler, the PROXY header apart. */
  private static List<ChannelHandler> protection(ChannelHandlerContext context) {
    return Stream.of(SslHandler.class, FirstByteHandler.class)
        .<ChannelHandler>map(context.pipeline()::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private void handshakeEnded(
      ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
    if (handshake.isSuccess()) {
      connection.handshaken(context.pipeline().get(SslHandler.class).engine().getSession());
      connection.open();
    } else {
      LOG.log(
          Level.DEBUG,
          "TLS with {0} failed: {1}",
          connection.remoteAddress(),
          handshake.cause().getMessage());
      connection.cut(CloseReason.PROTOCOL);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException) {
      connection.cut(CloseReason.PROTOCOL);
    } else if (cause instanceof IOException) {
      connection.failed();
    } else {
      LOG.log(Level.WARNING, "connection " + connection.id() + " failed", cause);
      connection.cut(CloseReason.FAILURE);
    }
  }
}
