package org.acopio.client.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A small server on a free port of the loopback address, one connection after the other, as the old
 * systems' servers were. Closing it ends its thread and whatever connection it has.
 */
final class LoopbackServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Thread thread;
  private final List<byte[]> received = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Socket current;
  private volatile boolean closing;

  LoopbackServer(Behaviour behaviour) throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    thread = new Thread(() -> serve(behaviour), "loopback-server");
    thread.start();
  }

  /** Returns every byte, having read so many at a time. */
  static LoopbackServer echo(int atATime) throws IOException {
    return new LoopbackServer(
        (server, in, out) -> {
          byte[] piece = new byte[atATime];
          for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            server.add(piece, n);
            out.write(piece, 0, n);
          }
        });
  }

  /** Answers each message with day, time and seconds, and SALIR with the seconds. */
  static LoopbackServer session() throws IOException {
    return new LoopbackServer(
        (server, in, out) -> {
          DateTimeFormatter format = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");
          long since = System.nanoTime();
          byte[] read = new byte[1024];
          for (int n = in.read(read); n >= 0; n = in.read(read)) {
            String message = new String(read, 0, n, StandardCharsets.UTF_8);
            server.add(read, n);
            String secs = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since) + " secs";
            String time = message.equals("SALIR") ? "" : LocalDateTime.now().format(format) + " ";
            out.write((time + secs).getBytes(StandardCharsets.US_ASCII));
            if (message.equals("SALIR")) {
              return;
            }
          }
        });
  }

  /** Says this to whoever sends something, a byte at a time, and then ends the connection. */
  static LoopbackServer saying(String text, long pauseMillis) throws IOException {
    return new LoopbackServer(
        (server, in, out) -> {
          in.read(new byte[1024]);
          for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(b);
            Thread.sleep(pauseMillis);
          }
        });
  }

  /** Says this to whoever sends something, and then nothing more. */
  static LoopbackServer hangingAfter(String text) throws IOException {
    return new LoopbackServer(
        (server, in, out) -> {
          in.read(new byte[1024]);
          out.write(text.getBytes(StandardCharsets.UTF_8));
          server.awaitClose();
        });
  }

  private void serve(Behaviour behaviour) {
    while (!closing) {
      try (Socket socket = listening.accept()) {
        current = socket;
        socket.setTcpNoDelay(true);
        behaviour.serve(this, socket.getInputStream(), socket.getOutputStream());
      } catch (SocketException e) {
        // The client went away, or this server is being closed.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        return;
      } finally {
        ended.countDown();
      }
    }
  }

  private synchronized void add(byte[] bytes, int length) {
    received.add(Arrays.copyOf(bytes, length));
  }

  /** What each read of the server brought. */
  synchronized List<String> received() {
    return received.stream().map(read -> new String(read, StandardCharsets.UTF_8)).toList();
  }

  /** What all reads of the server brought. */
  synchronized String receivedText() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    received.forEach(all::writeBytes);
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Returns when the server is being closed. */
  void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Returns when the first connection is over. */
  void awaitEnd() throws InterruptedException {
    if (!ended.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the connection does not end");
    }
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    closed.countDown();
    listening.close();
    if (current != null) {
      current.close();
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it does with one connection. */
  interface Behaviour {
    void serve(LoopbackServer server, InputStream in, OutputStream out)
        throws IOException, InterruptedException;
  }
}
