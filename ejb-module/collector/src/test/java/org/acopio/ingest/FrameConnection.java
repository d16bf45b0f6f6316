package org.acopio.ingest;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A socket that speaks frames, on the client's side. */
final class FrameConnection implements AutoCloseable {
  static final byte[] GREETING = "ACOPIO\1\1".getBytes(StandardCharsets.US_ASCII);

  final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int last;

  private FrameConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Connects without a word. A read fails after 20 s, so that a test cannot hang. */
  static FrameConnection silent(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    return new FrameConnection(socket);
  }

  /** Connects and greets. */
  static FrameConnection greeted(int port) throws IOException {
    FrameConnection connection = silent(port);
    connection.send(GREETING);
    int version = connection.readGreeting();
    if (version != Conversation.VERSION) {
      throw new IOException("the server answered with version " + version);
    }
    return connection;
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The version that the server chose, 0 when it refuses. */
  int readGreeting() throws IOException {
    byte[] reply = in.readNBytes(12);
    if (reply.length < 12 || !new String(reply, StandardCharsets.ISO_8859_1).startsWith("ACOPIO")) {
      throw new IOException("not a greeting: " + reply.length + " bytes");
    }
    return reply[6];
  }

  Frame readFrame() throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection ended in the middle of a frame");
    }
    return Frame.of(ByteBuffer.wrap(bytes));
  }

  /** What still comes before the server closes. */
  byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /** Sends a request and waits for its answer. */
  Frame call(int type, byte[] body) throws IOException {
    int request = ++last;
    ByteBuffer frame = new Frame(type, request, ByteBuffer.wrap(body)).bytes();
    out.write(frame.array(), 0, frame.remaining());
    Frame answer = readFrame();
    if (answer.request() != request) {
      throw new IOException("request " + request + " got the answer of " + answer.request());
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
