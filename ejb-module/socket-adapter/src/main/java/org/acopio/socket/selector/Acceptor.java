package org.acopio.socket.selector;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.socket.delivery.Port;
import org.jspecify.annotations.Nullable;

/** Takes accepted channels in, or turns them away. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  /** So many may be told that they are turned away at the same time; others are only closed. */
  private static final int MOST_FAREWELLS = 256;

  private final SelectorPort selector;
  private final Dressing dressing;
  private final AtomicInteger farewells = new AtomicInteger();
  private int turn;

  Acceptor(SelectorPort selector, Dressing dressing) {
    this.selector = selector;
    this.dressing = dressing;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    SocketChannel channel = (SocketChannel) message;
    Port port = selector.port();
    if (channel.remoteAddress() == null) {
      // The client was gone before it was accepted.
      channel.unsafe().closeForcibly();
    } else if (port.admits(channel.remoteAddress().getAddress())) {
      take(channel, port);
    } else {
      turnAway(channel);
    }
  }

  private void take(SocketChannel channel, Port port) {
    Lane lane = selector.lane(turn++);
    SelectorConnection connection = new SelectorConnection(port, channel, lane, selector);
    if (!port.settings().proxyProtocol() && !connection.admitted()) {
      // Not when the channel has closed: one that is closed forcibly never tells.
      connection.leave();
      turnAway(channel);
      return;
    }
    channel.closeFuture().addListener(closed -> connection.leave());
    dressing.options(channel);
    dressing.handlers(channel.pipeline(), connection);
    register(channel, lane);
  }

  private void turnAway(SocketChannel channel) {
    if (farewells.incrementAndGet() > MOST_FAREWELLS) {
      farewells.decrementAndGet();
      channel.unsafe().closeForcibly();
      return;
    }
    channel.closeFuture().addListener(closed -> farewells.decrementAndGet());
    channel.config().setAllowHalfClosure(true);
    Lane lane = selector.lane(turn++);
    channel.pipeline().addLast(new Farewell(lane, dressing.refusal()));
    register(channel, lane);
  }

  private static void register(SocketChannel channel, Lane lane) {
    ChannelFuture registered = lane.loop().register(channel);
    registered.addListener(
        done -> {
          if (!done.isSuccess()) {
            channel.unsafe().closeForcibly();
          }
        });
  }

  /** Out of descriptors: trying again at once would only burn the processor. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
    if (cause == null || !context.channel().isOpen()) {
      return;
    }
    context.channel().config().setAutoRead(false);
    context
        .executor()
        .schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
    // Last, because a log may need a descriptor too.
    selector.port().acceptFailed(cause);
  }
}
