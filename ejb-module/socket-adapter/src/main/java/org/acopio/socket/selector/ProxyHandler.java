package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.acopio.socket.CloseReason;
import org.acopio.socket.frame.FrameException;
import org.acopio.socket.frame.ProxyHeader;
import org.acopio.socket.frame.ProxyHeaderReader;

/** Takes the PROXY header off the start of a connection, then itself out of the pipeline. */
final class ProxyHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(ProxyHandler.class.getName());

  private final SelectorConnection connection;
  private final ProxyHeaderReader reader = new ProxyHeaderReader();

  ProxyHandler(SelectorConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf chunk = (ByteBuf) message;
    try {
      ByteBuffer input = chunk.nioBuffer();
      Optional<ProxyHeader> header = reader.read(input);
      chunk.skipBytes(input.position());
      header.ifPresent(complete -> done(context, complete, chunk.retain()));
    } catch (FrameException wrong) {
      LOG.log(Level.DEBUG, "{0} is refused: {1}", connection.remoteAddress(), wrong.getMessage());
      connection.cut(CloseReason.PROTOCOL);
    } finally {
      chunk.release();
    }
  }

  private void done(ChannelHandlerContext context, ProxyHeader header, ByteBuf rest) {
    context.fireUserEventTriggered(header);
    if (rest.isReadable()) {
      context.fireChannelRead(rest);
    } else {
      rest.release();
    }
    context.pipeline().remove(this);
  }
}
