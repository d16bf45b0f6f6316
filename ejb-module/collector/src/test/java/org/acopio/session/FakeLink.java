package org.acopio.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that only counts how often it was closed. */
final class FakeLink implements Link {
  static final Instant OPENED = Instant.parse("2026-11-21T17:00:00Z");

  final AtomicInteger closed = new AtomicInteger();
  volatile Duration age = Duration.ofSeconds(7);
  volatile long messages = 3;
  volatile int localPort = 6_667;
  volatile Instant openedAt = OPENED;
  private final InetSocketAddress remote;

  FakeLink(int port) {
    this(new InetSocketAddress("192.0.2.7", port));
  }

  FakeLink(InetSocketAddress remote) {
    this.remote = remote;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public int localPort() {
    return localPort;
  }

  @Override
  public Instant openedAt() {
    return openedAt;
  }

  @Override
  public Duration age() {
    return age;
  }

  @Override
  public long messages() {
    return messages;
  }

  @Override
  public long bytesRead() {
    return 10;
  }

  @Override
  public long bytesWritten() {
    return 20;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
