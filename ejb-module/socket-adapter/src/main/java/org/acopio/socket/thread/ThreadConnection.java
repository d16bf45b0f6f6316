package org.acopio.socket.thread;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
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
 * A connection with a thread of control, which reads and calls the listener. What the listener
 * writes is sent by that thread when the call is over, and while no bean is held, so that a peer
 * that never reads keeps nobody else waiting; what other threads write is sent by a thread for that
 * moment. It ends as a selector's connection does: send, shut the output down, throw away what
 * still comes.
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
  private final Socket raw;
  private final Outgoing outgoing = new Outgoing();
  private final Deadlines deadlines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition outputEnded = lock.newCondition();
  private volatile Socket socket;
  private volatile Phase phase = Phase.SHAKING_HANDS;
  private volatile @Nullable Thread control;
  private boolean delivering;
  private boolean stopping;
  private boolean cut;
  private boolean ending;
  private long lingerUntil;
  private @Nullable InetAddress counted;

  ThreadConnection(ThreadPort threads, Port port, Socket raw) {
    super(
        port,
        (InetSocketAddress) raw.getRemoteSocketAddress(),
        (InetSocketAddress) raw.getLocalSocketAddress());
    this.threads = threads;
    this.raw = raw;
    this.socket = raw;
    this.deadlines = new Deadlines(port.settings(), openedNanos());
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

  /** Serves the connection from its first byte to its end, in the thread that calls this. */
  void run() {
    control = Thread.currentThread();
    Conversation conversation = new Conversation(this, threads.beans());
    try {
      Handshake.Way way = Handshake.of(this, raw, threads.tls());
      socket = way.socket();
      if (open()) {
        conversation.open();
        afterDelivery();
        read(way.input(), conversation);
      }
    } catch (Handshake.Refused tooMany) {
      dismiss();
      return;
    } catch (IOException failed) {
      failed(failed);
    } catch (InterruptedException stopped) {
      because(CloseReason.STOPPED);
    }
    over(conversation);
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

  private void read(InputStream in, Conversation conversation)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[threads.readBytes()];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (beforeDelivery()) {
        countRead(count);
        converse(conversation, ByteBuffer.wrap(buffer, 0, count));
      }
    }
    if (beforeDelivery()) {
      conversation.end();
      afterDelivery();
    }
    awaitOutputEnd();
  }

  private void converse(Conversation conversation, ByteBuffer input)
      throws IOException, InterruptedException {
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
    lock.lock();
    try {
      delivering = false;
    } finally {
      lock.unlock();
    }
    if (stopping) {
      finish(CloseReason.STOPPED);
    }
    send();
    if (crowded()) {
      outgoing.awaitAtMost(port().settings().highWaterMark() / 2);
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
    threads.close(raw);
  }

  private void failed(IOException failure) {
    Phase before = phase;
    boolean tls =
        failure instanceof SSLException && !(failure.getCause() instanceof SocketException);
    if (before == Phase.SHAKING_HANDS || tls) {
      cut(CloseReason.PROTOCOL);
      return;
    }
    if (before == Phase.SENDING_LAST) {
      broken();
    }
    cut(CloseReason.RESET);
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

  private void over(Conversation conversation) {
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
    threads.farewell(raw);
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
