package org.acopio.socket.adapter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;

/** Writes down what it is told; subclasses answer. */
class RecordingListener implements TcpListener {
  final List<TcpConnection> connections = new CopyOnWriteArrayList<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseReason> reasons = new LinkedBlockingQueue<>();

  /** Sends every message back. */
  static RecordingListener echo() {
    return new RecordingListener() {
      @Override
      public void message(TcpConnection connection, ByteBuffer message) {
        connection.write(message);
      }
    };
  }

  @Override
  public void opened(TcpConnection connection) {
    connections.add(connection);
    events.add("opened");
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    events.add("message " + text(message));
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    events.add("inputEnded");
  }

  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    events.add("closed " + reason);
    reasons.add(reason);
  }

  static String text(ByteBuffer message) {
    return StandardCharsets.UTF_8.decode(message.duplicate()).toString();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
