package org.acopio.socket.selector;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that each wait for many sockets: by epoll where it is there, else by java.nio. */
public final class EventLoops {
  private static final long STOP_SECONDS = 5;

  private final EventLoopGroup group;

  /**
   * Makes loops; their threads start with their first connection.
   *
   * @param name of the threads
   * @param count how many; 0 for one on each processor, two at least
   */
  public EventLoops(String name, int count) {
    int threads = count > 0 ? count : Math.max(2, Runtime.getRuntime().availableProcessors());
    IoHandlerFactory waiting =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), waiting);
  }

  List<EventLoop> all() {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : group) {
      loops.add((EventLoop) executor);
    }
    return loops;
  }

  static ServerSocketChannel newServerChannel() {
    return Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
  }

  /** Ends the threads and waits for that. */
  public void stop() {
    group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    try {
      group.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      // Netty's own helper thread ends by itself a second after the last group.
      GlobalEventExecutor.INSTANCE.awaitInactivity(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException neverStarted) {
      // The helper thread was never needed.
      return;
    }
  }
}
