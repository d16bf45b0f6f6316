package org.acopio.socket.selector;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client away so that it learns why: the text, the end of the output, then what the client
 * sends is thrown away until it has ended too. A channel that is closed with bytes unread would
 * answer with a reset, which may reach the client before the text does.
 */
final class Farewell extends ChannelInboundHandlerAdapter {
  private static final long MOST_SECONDS = 2;

  private final Lane lane;
  private final Optional<String> text;
  private @Nullable Future<?> patience;

  /**
   * @param lane that the channel is on
   * @param text to say; empty for none
   */
  Farewell(Lane lane, Optional<String> text) {
    this.lane = lane;
    this.text = text;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin(context);
  }

  /** When a connection turns out to be one too many only after its PROXY header. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive() && context.channel().isRegistered()) {
      begin(context);
    }
  }

  private void begin(ChannelHandlerContext context) {
    if (patience != null) {
      return;
    }
    lane.turnedAway((SocketChannel) context.channel());
    patience =
        context
            .executor()
            .schedule(
                () -> {
                  context.close();
                },
                MOST_SECONDS,
                TimeUnit.SECONDS);
    byte[] bytes = text.orElse("").getBytes(StandardCharsets.UTF_8);
    ChannelFuture sent = context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    sent.addListener(done -> ((SocketChannel) context.channel()).shutdownOutput());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The client is gone; it was turned away in any case.
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Future<?> waiting = patience;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }
}
