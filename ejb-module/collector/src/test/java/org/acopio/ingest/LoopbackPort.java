package org.acopio.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A free port on loopback that calls conversations as the adapter does: in order, one call at a
 * time for a connection, each with what one read brought.
 */
public final class LoopbackPort implements AutoCloseable {
  private final ServerSocket listening;
  private final Ingest ingest;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public LoopbackPort(Ingest ingest) throws IOException {
    this.ingest = ingest;
    listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      socket.setTcpNoDelay(true);
      Conversation conversation = ingest.begin(socket.getInetAddress(), new Blocking(socket));
      byte[] read = new byte[1 << 16];
      int count = in.read(read);
      while (count > 0) {
        conversation.received(ByteBuffer.wrap(read, 0, count).asReadOnlyBuffer());
        count = in.read(read);
      }
      conversation.inputEnded();
    } catch (IOException | UncheckedIOException gone) {
      // A client that goes away ends its own connection and nothing else.
    } finally {
      open.remove(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "ingest-loopback");
    thread.setDaemon(true);
    thread.start();
  }

  /** The way back, over a stream that blocks. */
  private record Blocking(Socket socket) implements Line {
    @Override
    public void send(ByteBuffer bytes) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
