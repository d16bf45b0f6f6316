package org.acopio.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A line that keeps what was sent. */
final class Recorded implements Line {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<String> tickets = new ArrayList<>();
  private final List<String> owners = new ArrayList<>();
  private boolean closed;

  @Override
  public void send(ByteBuffer bytes) {
    if (!closed) {
      sent.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
  }

  @Override
  public void callsItself(String hostName) {
    owners.add(hostName);
  }

  /** Everyone that the line was said to belong to, in order. */
  List<String> owners() {
    return owners;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void belongsTo(String ticket) {
    tickets.add(ticket);
  }

  /** What the client was said to work on, in the order of its requests. */
  List<String> tickets() {
    return tickets;
  }

  boolean closed() {
    return closed;
  }

  byte[] bytes() {
    return sent.toByteArray();
  }

  /** What was sent behind the greeting; fails when it is not whole frames. */
  List<Frame> frames() {
    ByteBuffer in = ByteBuffer.wrap(bytes());
    in.position(Math.min(12, in.limit()));
    List<Frame> frames = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = in.getInt();
      frames.add(Frame.of(in.slice(in.position(), length)));
      in.position(in.position() + length);
    }
    return frames;
  }
}
