import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Netty's own echo, and a load generator: each connection sends a message when it has the answer. */
final class EchoBench {
  private static final String HOST = "127.0.0.1";

  public static void main(String[] words) throws Exception {
    int port = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "server" -> serve(port);
      case "load" ->
          load(port, Integer.parseInt(words[2]), Integer.parseInt(words[3]), Double.parseDouble(words[4]));
      case "idle" -> idle(port, Integer.parseInt(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void serve(int port) throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    Echo echo = new Echo();
    Channel open =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(echo);
                  }
                })
            .bind(HOST, port)
            .sync()
            .channel();
    System.out.println("ready " + ((InetSocketAddress) open.localAddress()).getPort());
    open.closeFuture().sync();
  }

  @ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      context.close();
    }
  }

  private static final class Caller {
    final ByteBuffer answer;
    long sentAt;

    Caller(int bytes) {
      answer = ByteBuffer.allocateDirect(bytes);
    }
  }

  private static void load(int port, int connections, int bytes, double seconds) throws IOException {
    Selector selector = Selector.open();
    ByteBuffer message = ByteBuffer.allocateDirect(bytes);
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(new InetSocketAddress(HOST, port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Caller(bytes));
      channels.add(channel);
    }
    for (SelectionKey key : selector.keys()) {
      send((SocketChannel) key.channel(), (Caller) key.attachment(), message);
    }
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long[] latencies = new long[1 << 20];
    int taken = 0;
    long count = 0;
    while (System.nanoTime() < end) {
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        Caller caller = (Caller) key.attachment();
        if (channel.read(caller.answer) < 0) {
          throw new IOException("the server closed a connection");
        }
        if (!caller.answer.hasRemaining()) {
          latencies[taken++ & (latencies.length - 1)] = System.nanoTime() - caller.sentAt;
          count++;
          caller.answer.clear();
          send(channel, caller, message);
        }
      }
      selector.selectedKeys().clear();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    long[] sorted = Arrays.copyOf(latencies, Math.min(taken, latencies.length));
    Arrays.sort(sorted);
    System.out.printf(
        "%d %.6f %d %d%n",
        count, took, sorted[sorted.length / 2] / 1000, sorted[(int) (sorted.length * 0.99)] / 1000);
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  private static void send(SocketChannel channel, Caller caller, ByteBuffer message) throws IOException {
    message.clear();
    caller.sentAt = System.nanoTime();
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  private static void idle(int port, int connections) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      channels.add(SocketChannel.open(new InetSocketAddress(HOST, port)));
    }
    System.out.println("held " + channels.size());
    System.in.read();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
