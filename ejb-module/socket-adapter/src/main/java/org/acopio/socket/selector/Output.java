package org.acopio.socket.selector;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** The sending side of a channel. */
final class Output {
  private Output() {}

  /** Sends what was written, then the end of the output: with TLS its own end first. */
  static ChannelFuture end(SocketChannel channel) {
    ChannelPromise ended = channel.newPromise();
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    ChannelFuture sent =
        tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    sent.addListener(
        flushed -> {
          if (flushed.isSuccess()) {
            channel.shutdownOutput(ended);
          } else {
            ended.setFailure(flushed.cause());
          }
        });
    return ended;
  }

  /** Whether the system has taken everything that was written. */
  static boolean isEmpty(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() == 0;
  }

  /**
   * A number that changes when bytes leave the channel, and only then.
   *
   * @param written all bytes that were ever written
   */
  static long progress(Channel channel, long written) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null || waiting.current() == null) {
      return written;
    }
    return 31L * System.identityHashCode(waiting.current()) + waiting.currentProgress();
  }
}
