package org.acopio.socket.thread;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.acopio.socket.CloseReason;
import org.acopio.socket.delivery.Deadlines;
import org.acopio.socket.delivery.LiveConnection;
import org.acopio.socket.delivery.Port;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a thread of control, which reads and calls the listener. It gets the thread
 * with its first byte; until then it waits in the lobby, of which its listener knows nothing. What
 * the listener writes is sent by that thread when the call is over, and while no bean is held, so
 * that a peer that never reads keeps nobody else waiting; what other threads write is sent by a
 * thread for that moment. It ends as a selector's connection does: send, shut the output down,
 * throw away what still comes.
 */
final class ThreadConnection extends LiveConnection {
  private static final Logger LOG = System.getLogger(ThreadConnection.class.getName());
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long STOP_LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private enum Phase {
    SHAKING_HANDS,
    OPEN,
    SENDING_LAST,
    LINGERING,
    OVER
  }

  private final ThreadPort threads;
  private final SocketChannel channel;
  private final Socket raw;
  private final Conversation conversation;
  private final Outgoing outgoing = new Outgoing();
  private final Deadlines deadlines;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final InetSocketAddress peer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition outputEnded = lock.newCondition();
  private volatile Socket socket;
  private volatile Phase phase = Phase.SHAKING_HANDS;
  private volatile @Nullable Thread control;
  private volatile boolean waiting;
  private boolean delivering;
  private boolean stopping;
  private boolean cut;
  private boolean ending;
  private long lingerUntil;
  private @Nullable InetAddress counted;

  ThreadConnection(ThreadPort threads, Port port, SocketChannel channel) throws IOException {
    super(
        port,
        (InetSocketAddress) channel.getRemoteAddress(),
        (InetSocketAddress) channel.getLocalAddress());
    this.threads = threads;
    this.peer = remoteAddress();
    this.channel = channel;
    this.raw = channel.socket();
    this.socket = raw;
    this.deadlines = new Deadlines(port.settings(), openedNanos());
    this.conversation = new Conversation(this, threads.beans());
  }

  SocketChannel channel() {
    return channel;
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

  /** Whether something comes before the first byte for the listener, which then has to come. */
  boolean shakesHands() {
    return port().settings().proxyProtocol() || threads.tls().isPresent();
  }

  /** Tells the listener of the connection, which then waits for its first byte. */
  void arrive() {
    control = Thread.currentThread();
    try {
      if (open()) {
        conversation.open();
        delivered();
        control = null;
        awaitFirstByte();
        return;
      }
    } catch (InterruptedException stopped) {
      because(CloseReason.STOPPED);
    }
    over();
  }

  /** Who was written to, or is to end, has its thread at once. */
  void awaitFirstByte() {
    if (outgoing.rest()) {
      waiting = true;
      threads.lobby().enter(this);
    } else {
      threads.serve(this);
    }
  }

  /** Whether it has a reason not to wait for its first byte. */
  boolean restless() {
    return outgoing.unsent() > 0 || (phase == Phase.SHAKING_HANDS ? ending() : !isOpen());
  }

  /** Serves the connection from its first byte to its end, in the thread that calls this. */
  void run() {
    control = Thread.currentThread();
    waiting = false;
    outgoing.resume();
    try {
      if (phase == Phase.SHAKING_HANDS) {
        Handshake.Way way = Handshake.of(this, raw, threads.tls());
        socket = way.socket();
        if (open()) {
          conversation.open();
          afterDelivery();
          read(way.input());
        }
      } else {
        send();
        read(raw.getInputStream());
      }
    } catch (Handshake.Refused tooMany) {
      dismiss();
      return;
    } catch (IOException failed) {
      failed(failed);
    } catch (InterruptedException stopped) {
      because(CloseReason.STOPPED);
    }
    over();
  }

  void handshaken(SSLSession session) {
    secured(session);
  }

  void readdressed(InetSocketAddress source, InetSocketAddress destination) {
    readdress(source, destination);
  }

  private boolean open() {
    lock.lock();
    try {
      if (phase == Phase.SHAKING_HANDS && !cut) {
        phase = Phase.OPEN;
        deadlines.opened(System.nanoTime());
        countOpened();
        delivering = true;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void read(InputStream in) throws IOException, InterruptedException {
    byte[] buffer = new byte[threads.readBytes()];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (beforeDelivery()) {
        countRead(count);
        converse(ByteBuffer.wrap(buffer, 0, count));
      }
    }
    if (beforeDelivery()) {
      conversation.end();
      afterDelivery();
    }
    awaitOutputEnd();
  }

  private void converse(ByteBuffer input) throws IOException, InterruptedException {
    conversation.deliver(input);
    afterDelivery();
    while (input.hasRemaining() && beforeDelivery()) {
      conversation.deliver(input);
      afterDelivery();
    }
  }

  /** A stop waits for the delivery that begins here. */
  private boolean beforeDelivery() {
    lock.lock();
    try {
      delivering = isOpen();
      return delivering;
    } finally {
      lock.unlock();
    }
  }

  /** Sends what was written, and reads on only when most of it is gone. */
  private void afterDelivery() throws IOException, InterruptedException {
    delivered();
    send();
    if (crowded()) {
      outgoing.awaitAtMost(port().settings().highWaterMark() / 2);
    }
  }

  private void delivered() {
    boolean stop;
    lock.lock();
    try {
      delivering = false;
      stop = stopping;
    } finally {
      lock.unlock();
    }
    if (stop) {
      finish(CloseReason.STOPPED);
    }
  }

  boolean crowded() {
    return outgoing.unsent() > port().settings().highWaterMark();
  }

  void nextMessage() {
    countMessage();
    countMessages(1);
  }

  void closedCounted() {
    countClosed();
  }

  CloseReason ended() {
    return reason();
  }

  @Override
  public void write(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (!isOpen() || length == 0) {
      bytes.position(bytes.limit());
      return;
    }
    long unsent = outgoing.add(bytes);
    countWritten(length);
    if (!inOwnDelivery() || unsent > port().settings().highWaterMark()) {
      sendElsewhere();
    }
  }

  private boolean inOwnDelivery() {
    return Thread.currentThread() == control;
  }

  /** Whoever writes does not wait for the peer. */
  private void sendElsewhere() {
    if (waiting) {
      threads.lobby().leave(this);
      return;
    }
    threads.execute(
        () -> {
          try {
            send();
          } catch (IOException failed) {
            failed(failed);
          }
        });
  }

  /** Sends what waits; then, when it was the last, the end of the output. */
  private void send() throws IOException {
    if (outgoing.send(this::output) && beginOutputEnd()) {
      endOutput();
      linger();
    }
  }

  /** Every answer has been sent, so a peer that is gone by now has lost nothing. */
  private void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "the output of connection {0} had ended: {1}", id(), gone.getMessage());
    }
  }

  /** Asked for only with bytes in hand: TLS refuses it once the peer has ended. */
  private void output(byte[] bytes, int from, int length) throws IOException {
    socket.getOutputStream().write(bytes, from, length);
  }

  private boolean beginOutputEnd() {
    lock.lock();
    try {
      boolean begin = phase == Phase.SENDING_LAST && !ending && outgoing.unsent() == 0;
      ending |= begin;
      return begin;
    } finally {
      lock.unlock();
    }
  }

  private void linger() {
    lock.lock();
    try {
      phase = Phase.LINGERING;
      lingerUntil = System.nanoTime() + (stopping ? STOP_LINGER_NANOS : LINGER_NANOS);
      outputEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitOutputEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (phase == Phase.SENDING_LAST) {
        outputEnded.await();
      }
    } finally {
      lock.unlock();
    }
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
    if (!because(why)) {
      return;
    }
    lock.lock();
    try {
      if (phase == Phase.OPEN) {
        phase = Phase.SENDING_LAST;
        deadlines.restart(System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
    if (!inOwnDelivery()) {
      sendElsewhere();
    }
  }

  /** Lets a delivery that has begun come to its end, then closes. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      if (delivering) {
        return;
      }
    } finally {
      lock.unlock();
    }
    if (phase == Phase.SHAKING_HANDS) {
      cut(CloseReason.STOPPED);
    } else {
      finish(CloseReason.STOPPED);
    }
  }

  /** Closes at once; what was not sent is lost. */
  void cut(CloseReason why) {
    because(why);
    lock.lock();
    try {
      cut = true;
      phase = phase == Phase.SHAKING_HANDS ? phase : Phase.OVER;
      outputEnded.signalAll();
    } finally {
      lock.unlock();
    }
    outgoing.abandon();
    threads.close(channel);
    if (waiting) {
      threads.lobby().leave(this);
    }
  }

  private void failed(IOException failure) {
    Phase before = phase;
    boolean tls = failure instanceof SSLException && !isOfTheSocket(failure.getCause());
    if (before == Phase.SHAKING_HANDS || tls) {
      cut(CloseReason.PROTOCOL);
      return;
    }
    if (before == Phase.SENDING_LAST) {
      broken();
    }
    cut(CloseReason.RESET);
  }

  /** TLS hands on what happened to the socket below it as the cause of its own failure. */
  private static boolean isOfTheSocket(@Nullable Throwable cause) {
    return cause instanceof IOException
        && !(cause instanceof SSLException)
        && !(cause instanceof EOFException);
  }

  /** Looked at by the sweep. */
  void checkDeadlines(long now) {
    CloseReason late = null;
    lock.lock();
    try {
      late = late(now);
    } finally {
      lock.unlock();
    }
    if (late != null) {
      cut(late);
    } else if (phase == Phase.OPEN && outgoing.needsSender()) {
      // A listener that takes its time after it has written: its answer need not wait for that.
      sendElsewhere();
    }
  }

  /** Joins those of whom the system has to be asked what they have acknowledged. */
  void putUnsettled(Map<ThreadConnection, Long> sent) {
    long bytes = outgoing.sent();
    if (acknowledgements.mayLack(bytes)) {
      sent.put(this, bytes);
    }
  }

  /** Told to all that {@link #putUnsettled} has put, by the same thread. */
  void checkAcknowledged(
      long now, long sent, Map<InetSocketAddress, KernelTables.UnderWay> underWay) {
    if (acknowledgements.isGone(now, sent, underWay.get(peer))) {
      cut(CloseReason.RESET);
    }
  }

  private @Nullable CloseReason late(long now) {
    return switch (phase) {
      case SHAKING_HANDS ->
          deadlines.handshakeOver(now, undecided()) ? CloseReason.FIRST_BYTE : null;
      case OPEN -> silent(now);
      case SENDING_LAST -> deadlines.stuck(now, outgoing.sent()) ? CloseReason.RESET : null;
      case LINGERING -> now - lingerUntil >= 0 ? CloseReason.LOCAL : null;
      case OVER -> null;
    };
  }

  private @Nullable CloseReason silent(long now) {
    if (deadlines.firstByteOver(now, bytesRead())) {
      return CloseReason.FIRST_BYTE;
    }
    return deadlines.idle(now, bytesRead(), outgoing.sent()) ? CloseReason.IDLE : null;
  }

  /** Ends it where there is no thread to serve it. */
  void lost() {
    because(CloseReason.FAILURE);
    over();
  }

  private void over() {
    boolean known = phase != Phase.SHAKING_HANDS;
    cut(CloseReason.RESET);
    stopAge();
    leave();
    if (known) {
      conversation.close();
    } else {
      port().endedEarly(reason());
    }
    threads.ended(this);
  }

  /** It is turned away after its PROXY header; its listener has not heard of it. */
  private void dismiss() {
    leave();
    threads.ended(this);
    threads.farewell(channel);
  }

  /** Gives its places back. */
  void leave() {
    port().admission().leave();
    InetAddress address = counted;
    if (address != null) {
      port().admission().leave(address);
      counted = null;
    }
  }
}
