package org.acopio.socket.delivery;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpEndpointMXBean;
import org.acopio.socket.settings.EndpointSettings;

/** The figures of one port, and its switch. Thread-safe. */
public final class Figures implements TcpEndpointMXBean {
  private final EndpointSettings settings;
  private final String address;
  private final int port;
  private final IntSupplier threads;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peakOpen = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();
  private volatile boolean paused;

  /**
   * @param threads tells how many threads serve the port
   */
  Figures(EndpointSettings settings, String address, int port, IntSupplier threads) {
    this.settings = settings;
    this.address = address;
    this.port = port;
    this.threads = threads;
  }

  void opened() {
    accepted.increment();
    int now = open.incrementAndGet();
    if (now > peakOpen.get()) {
      peakOpen.accumulateAndGet(now, Math::max);
    }
  }

  void closed(CloseReason reason) {
    open.decrementAndGet();
    ended(reason);
  }

  /** Counts the end of a connection, also of one that never got as far as its listener. */
  void ended(CloseReason reason) {
    switch (reason) {
      case FIRST_BYTE, IDLE -> timedOut.increment();
      case RESET, PROTOCOL, FAILURE -> failed.increment();
      case PEER, LOCAL, STOPPED -> {}
    }
  }

  void refused() {
    refused.increment();
  }

  void messages(int count) {
    messages.add(count);
  }

  void read(int bytes) {
    bytesRead.add(bytes);
  }

  void written(int bytes) {
    bytesWritten.add(bytes);
  }

  @Override
  public String getName() {
    return settings.name();
  }

  @Override
  public String getAddress() {
    return address;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public String getConcurrency() {
    return settings.concurrency().word();
  }

  @Override
  public boolean isSecure() {
    return settings.tls().isPresent();
  }

  @Override
  public int getMaxConnections() {
    return settings.maxConnections();
  }

  @Override
  public int getMaxConnectionsPerAddress() {
    return settings.maxConnectionsPerAddress();
  }

  @Override
  public int getOpen() {
    return open.get();
  }

  @Override
  public int getPeakOpen() {
    return peakOpen.get();
  }

  @Override
  public int getThreads() {
    return threads.getAsInt();
  }

  @Override
  public long getAccepted() {
    return accepted.sum();
  }

  @Override
  public long getRefused() {
    return refused.sum();
  }

  @Override
  public long getTimedOut() {
    return timedOut.sum();
  }

  @Override
  public long getFailed() {
    return failed.sum();
  }

  @Override
  public long getMessages() {
    return messages.sum();
  }

  @Override
  public long getBytesRead() {
    return bytesRead.sum();
  }

  @Override
  public long getBytesWritten() {
    return bytesWritten.sum();
  }

  @Override
  public boolean isPaused() {
    return paused;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }
}
