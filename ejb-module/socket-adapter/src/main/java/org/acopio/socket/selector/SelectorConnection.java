package org.acopio.socket.selector;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Deadlines;
import org.acopio.socket.delivery.LiveConnection;
import org.acopio.socket.delivery.Population;
import org.acopio.socket.delivery.Port;
import org.acopio.socket.delivery.Recipient;
import org.acopio.socket.frame.ProxyHeader;
import org.acopio.socket.selector.Delivery.Event;
import org.jspecify.annotations.Nullable;

/**
 * A connection on an event loop. It ends in three steps, so that the peer gets the last answer and
 * no reset: what was written is sent, the output is shut down, and what still comes is thrown away
 * until the peer has ended too or a moment has passed. Whatever is not marked otherwise runs on the
 * event loop.
 */
final class SelectorConnection extends LiveConnection {
  /** How long the peer may take to end its side after ours has ended. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long STOP_LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private enum Phase {
    /** TLS or the PROXY header is not done; the listener knows nothing of it. */
    SHAKING_HANDS,
    OPEN,
    /** No message is delivered and nothing is taken to be sent any more. */
    SENDING_LAST,
    /** Our output is shut down. */
    LINGERING,
    OVER
  }

  private final SocketChannel channel;
  private final Lane lane;
  private final Inbox inbox;
  private final Outbox outbox = new Outbox();
  private final Deadlines deadlines;
  private final Population population;
  private final int highWaterMark;
  private volatile Phase phase = Phase.SHAKING_HANDS;
  private volatile boolean stalled;
  private @Nullable InetAddress counted;
  private int place;
  private boolean inReads;
  private boolean unflushed;
  private boolean peerEnded;
  private boolean stopping;
  private boolean cut;
  private boolean answered;
  private long lingerUntil;

  SelectorConnection(Port port, SocketChannel channel, Lane lane, SelectorPort selector) {
    super(port, channel.remoteAddress(), channel.localAddress());
    this.channel = channel;
    this.lane = lane;
    this.population = selector.population();
    this.deadlines = new Deadlines(port.settings(), openedNanos());
    this.highWaterMark = port.settings().highWaterMark();
    this.inbox =
        selector.inbox(
            this,
            new Delivery(this, port.settings().framing().decoder(port.settings().maxFrameBytes())),
            lane);
  }

  Lane lane() {
    return lane;
  }

  int place() {
    return place;
  }

  void place(int index) {
    place = index;
  }

  // What the channel's handler tells.

  /** It takes up a place in the sweep. */
  void active() {
    population.born();
    lane.add(this);
  }

  /** Whether the limit for its address lets it in. */
  boolean admitted() {
    InetAddress address = remoteAddress().getAddress();
    if (port().admitsAddress(address)) {
      counted = address;
      return true;
    }
    return false;
  }

  /** Gives its places back; once, when the channel has closed or was not let in. */
  void leave() {
    port().admission().leave();
    InetAddress address = counted;
    if (address != null) {
      port().admission().leave(address);
    }
  }

  /** A PROXY header was read; empty when the socket's addresses stand. */
  void proxied(ProxyHeader header) {
    header.addresses().ifPresent(said -> readdress(said.source(), said.destination()));
  }

  void handshaken(SSLSession session) {
    secured(session);
  }

  /** The peer is who it says it is; the listener hears of it. */
  void open() {
    if (phase == Phase.SHAKING_HANDS) {
      phase = Phase.OPEN;
      deadlines.opened(System.nanoTime());
      countOpened();
      inbox.add(Event.OPENED);
      updateReading();
    }
  }

  /** It is turned away before its listener has heard of it; another handler says so. */
  void dismiss() {
    phase = Phase.OVER;
    lane.remove(this);
    population.died();
  }

  void received(ByteBuf chunk) {
    if (phase != Phase.OPEN) {
      chunk.release();
      return;
    }
    inReads = true;
    countRead(chunk.readableBytes());
    inbox.add(chunk);
    updateReading();
  }

  /** What the listener wrote to everything that one wake-up brought leaves together. */
  void readsDone() {
    inReads = false;
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /** The same for a turn that comes after the reads: answers are kept until {@link #turnEnds}. */
  void turnBegins() {
    inReads = true;
  }

  void turnEnds() {
    readsDone();
    if (phase == Phase.OPEN) {
      updateReading();
    }
  }

  void inputEnded() {
    if (peerEnded) {
      return;
    }
    peerEnded = true;
    switch (phase) {
      case SHAKING_HANDS -> cut(CloseReason.PROTOCOL);
      case OPEN -> inbox.add(Event.INPUT_ENDED);
      case LINGERING -> channel.close();
      case SENDING_LAST, OVER -> {}
    }
  }

  void writabilityChanged() {
    if (channel.isWritable()) {
      goOn();
    }
    updateReading();
  }

  /** The network failed: an answer that was on its way is lost. */
  void failed() {
    if (cut) {
      // What could not be sent because of the cut says nothing about the network.
      return;
    }
    if (phase == Phase.OPEN || (phase == Phase.SENDING_LAST && !answered)) {
      broken();
    }
    cut(CloseReason.RESET);
  }

  /** The channel is closed, for whatever reason. */
  void over() {
    lane.remove(this);
    boolean known = phase != Phase.SHAKING_HANDS;
    phase = Phase.OVER;
    stopAge();
    outbox.discard();
    if (known) {
      inbox.add(Event.CLOSED);
      // What waited for answers to leave waits in vain: a closed channel tells of no room any more.
      inbox.resume();
    } else {
      port().endedEarly(reason());
      population.died();
    }
  }

  // What the delivery asks and tells; on the event loop or on a worker.

  boolean mayDeliver() {
    if (hasRoom()) {
      return true;
    }
    // Before the last look: whoever makes room after it sees that somebody waits.
    stalled = true;
    return hasRoom();
  }

  private boolean hasRoom() {
    return isOpen() && channel.isWritable() && outbox.bytes() <= highWaterMark;
  }

  void nextMessage() {
    countMessage();
  }

  void delivered(int messages) {
    if (messages > 0) {
      countMessages(messages);
    }
  }

  /** The last event of all. */
  void closed(Recipient recipient) {
    countClosed();
    recipient.closed(this, reason());
    population.died();
  }

  void readAgain() {
    onLoop(this::updateReading);
  }

  // What anyone may call from any thread.

  @Override
  public void write(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (!isOpen() || length == 0) {
      bytes.position(bytes.limit());
      return;
    }
    ByteBuf copy = channel.alloc().ioBuffer(length, length).writeBytes(bytes);
    countWritten(length);
    if (lane.loop().inEventLoop()) {
      writeOnLoop(copy);
    } else if (outbox.add(copy)) {
      onLoop(this::takeOutbox);
    }
  }

  private void writeOnLoop(ByteBuf copy) {
    if (!outbox.isEmpty()) {
      takeOutbox();
    }
    channel.write(copy, channel.voidPromise());
    if (inReads) {
      unflushed = true;
    } else {
      channel.flush();
    }
  }

  private void takeOutbox() {
    outbox.emptying();
    if (phase == Phase.OVER) {
      outbox.discard();
      return;
    }
    for (ByteBuf next = outbox.poll(); next != null; next = outbox.poll()) {
      channel.write(next, channel.voidPromise());
    }
    channel.flush();
    goOn();
  }

  @Override
  public void close() {
    finish(CloseReason.LOCAL);
  }

  @Override
  public boolean isOpen() {
    return phase == Phase.OPEN && !ending();
  }

  /** Ends the connection after what was written has been sent; from any thread. */
  void finish(CloseReason why) {
    if (because(why)) {
      onLoop(this::sendLast);
    }
  }

  // The end.

  /** Lets deliveries that have begun come to their end, then closes. */
  void stop() {
    stopping = true;
    if (phase == Phase.SHAKING_HANDS) {
      cut(CloseReason.STOPPED);
    } else if (phase == Phase.OPEN) {
      updateReading();
      inbox.add(Event.STOP);
    }
  }

  /** Closes at once; what was not sent is lost. */
  void cut(CloseReason why) {
    because(why);
    cut = true;
    // Around the pipeline: TLS would wait for a peer that takes nothing any more.
    channel.unsafe().close(channel.voidPromise());
  }

  private void sendLast() {
    if (phase != Phase.OPEN) {
      return;
    }
    takeOutbox();
    phase = Phase.SENDING_LAST;
    answered = Output.isEmpty(channel);
    updateReading();
    deadlines.restart(System.nanoTime());
    Output.end(channel).addListener(sent -> outputEnded((ChannelFuture) sent));
  }

  private void outputEnded(ChannelFuture sent) {
    if (phase != Phase.SENDING_LAST) {
      return;
    }
    if (!sent.isSuccess()) {
      failed();
      return;
    }
    phase = Phase.LINGERING;
    lingerUntil = System.nanoTime() + (stopping ? STOP_LINGER_NANOS : LINGER_NANOS);
    if (peerEnded) {
      channel.close();
    }
  }

  void checkDeadlines(long now) {
    switch (phase) {
      // Its listener knows nothing of it; the reason makes it count as timed out.
      case SHAKING_HANDS ->
          cutIf(deadlines.handshakeOver(now, undecided()), CloseReason.FIRST_BYTE);
      case OPEN -> checkSilence(now);
      case SENDING_LAST -> cutIf(deadlines.stuck(now, sent()), CloseReason.RESET);
      case LINGERING -> cutIf(now - lingerUntil >= 0, CloseReason.LOCAL);
      case OVER -> {}
    }
  }

  private void checkSilence(long now) {
    if (deadlines.firstByteOver(now, bytesRead())) {
      cut(CloseReason.FIRST_BYTE);
    } else if (deadlines.idle(now, bytesRead(), sent())) {
      cut(CloseReason.IDLE);
    }
  }

  private void cutIf(boolean over, CloseReason why) {
    if (over) {
      cut(why);
    }
  }

  private long sent() {
    return Output.progress(channel, bytesWritten());
  }

  private void goOn() {
    if (stalled) {
      stalled = false;
      inbox.resume();
      updateReading();
    }
  }

  /** While it ends, everything that comes is read and thrown away. */
  private void updateReading() {
    if (peerEnded) {
      // There is nothing to read any more, and epoll may have forgotten the socket.
      return;
    }
    boolean open = phase == Phase.OPEN;
    boolean read = !open || (!stopping && !inbox.crowded() && channel.isWritable());
    if (channel.config().isAutoRead() != read) {
      channel.config().setAutoRead(read);
    }
  }

  private void onLoop(Runnable action) {
    if (lane.loop().inEventLoop()) {
      action.run();
      return;
    }
    try {
      lane.loop().execute(action);
    } catch (RejectedExecutionException ended) {
      // The loop has closed this connection before it ended itself.
      outbox.discard();
    }
  }
}
