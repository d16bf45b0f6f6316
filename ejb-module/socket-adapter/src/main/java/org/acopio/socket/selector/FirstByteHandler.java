package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import org.acopio.socket.tls.TlsServer;

/** Puts TLS in its place when the first byte begins it, or nothing; who sends none is plain. */
final class FirstByteHandler extends ChannelInboundHandlerAdapter {
  private final SelectorConnection connection;
  private final Supplier<SslHandler> tls;

  FirstByteHandler(SelectorConnection connection, Supplier<SslHandler> tls) {
    this.connection = connection;
    this.tls = tls;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf chunk = (ByteBuf) message;
    if (!chunk.isReadable()) {
      chunk.release();
      return;
    }
    connection.decided();
    if (TlsServer.begins(chunk.getUnsignedByte(chunk.readerIndex()))) {
      context.pipeline().addAfter(context.name(), null, tls.get());
    } else {
      connection.open();
    }
    context.fireChannelRead(chunk);
    context.pipeline().remove(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      connection.decided();
      connection.open();
    }
    context.fireUserEventTriggered(event);
  }
}
