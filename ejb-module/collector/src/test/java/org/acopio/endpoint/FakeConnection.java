package org.acopio.endpoint;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.jspecify.annotations.Nullable;

/** A connection without a network: a test plays its client. */
final class FakeConnection implements TcpConnection {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long id = NUMBERS.incrementAndGet();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final InetSocketAddress remote;
  private final TcpListener listener;
  private long messages;
  private long bytes;
  private boolean open = true;
  private List<X509Certificate> certificates = List.of();
  private @Nullable Object attachment;
  @Nullable Object group;
  Duration age = Duration.ofSeconds(5);

  private FakeConnection(TcpListener listener, String host, int port) {
    this.listener = listener;
    remote = new InetSocketAddress(host, port);
  }

  /** A client that has just connected. */
  static FakeConnection to(TcpListener listener, String host, int port) {
    FakeConnection connection = new FakeConnection(listener, host, port);
    listener.opened(connection);
    return connection;
  }

  static FakeConnection to(TcpListener listener) {
    return to(listener, "127.0.0.1", 5_000);
  }

  /** What the client sends at once. */
  void send(byte[] read) {
    messages++;
    bytes += read.length;
    ByteBuffer buffer = ByteBuffer.allocateDirect(read.length).put(read).flip();
    listener.message(this, buffer.asReadOnlyBuffer());
    // The contract: what was given is worth nothing after the call.
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) '?');
    }
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The client shuts its side down. */
  void end() {
    listener.inputEnded(this);
    over(CloseReason.PEER);
  }

  void over(CloseReason reason) {
    open = false;
    listener.closed(this, reason);
  }

  /** What the client has received since it looked last. */
  byte[] receivedBytes() {
    byte[] all = written.toByteArray();
    written.reset();
    return all;
  }

  String received() {
    return new String(receivedBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String endpoint() {
    return "fake";
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress("127.0.0.1", 9_999);
  }

  @Override
  public boolean secure() {
    return !certificates.isEmpty();
  }

  @Override
  public List<X509Certificate> certificates() {
    return certificates;
  }

  @Override
  public Instant openedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Duration age() {
    return age;
  }

  @Override
  public long messagesRead() {
    return messages;
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public long bytesWritten() {
    return written.size();
  }

  @Override
  public void write(ByteBuffer bytes) {
    while (open && bytes.hasRemaining()) {
      written.write(bytes.get());
    }
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void joinGroup(Object key) {
    group = key;
  }
}
