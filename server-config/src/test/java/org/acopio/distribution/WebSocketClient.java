package org.acopio.distribution;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket as a browser has it, which keeps what comes. */
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<String> firstText = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /**
   * Connects.
   *
   * @throws ExecutionException when the server does not take it
   */
  WebSocketClient(HttpClient http, URI address, String... headers)
      throws ExecutionException, InterruptedException, TimeoutException {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket = builder.buildAsync(address, this).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The first text that came, or comes. */
  String text() throws ExecutionException, InterruptedException, TimeoutException {
    return firstText.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The reason that the server gives for the end. */
  String reason() throws ExecutionException, InterruptedException, TimeoutException {
    return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void send(byte[] message) throws ExecutionException, InterruptedException, TimeoutException {
    socket.sendBinary(ByteBuffer.wrap(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** All bytes that have come. */
  byte[] bytes() {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      firstText.complete(text.toString());
    }
    from.request(1);
    return CompletableFuture.completedFuture(part);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] piece = new byte[part.remaining()];
    part.get(piece);
    synchronized (bytes) {
      bytes.writeBytes(piece);
    }
    from.request(1);
    return CompletableFuture.completedFuture(part);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended.complete(reason);
    return CompletableFuture.completedFuture(reason);
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    firstText.completeExceptionally(failure);
    ended.completeExceptionally(failure);
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }
  }
}
