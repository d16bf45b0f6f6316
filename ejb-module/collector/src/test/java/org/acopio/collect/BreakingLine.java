package org.acopio.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on this machine that breaks at one request, before it arrives or before its
 * answer is back; connections made later are not concerned.
 */
final class BreakingLine implements AutoCloseable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private int passing = -1;
  private boolean arrives;
  private Runnable accident = () -> {};

  BreakingLine(int target) throws IOException {
    this.target = target;
    start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /**
   * Breaks once so many more requests have passed.
   *
   * @param answerLost whether the request arrives, and what it is answered does not
   */
  synchronized void breakAfter(int requests, boolean answerLost) {
    breakAfter(requests, answerLost, () -> {});
  }

  /**
   * The same, and why it breaks.
   *
   * @param accident happens right then
   */
  synchronized void breakAfter(int requests, boolean answerLost, Runnable accident) {
    passing = requests;
    arrives = answerLost;
    this.accident = accident;
  }

  /** How many requests have passed since it was told to break after so many. */
  synchronized int passedOf(int requests) {
    return requests - passing;
  }

  /** Whether it broke since it was last asked to; from now on it does not. */
  synchronized boolean broke() {
    boolean did = passing < 0;
    passing = -1;
    return did;
  }

  private synchronized boolean breaksNow() {
    return passing >= 0 && passing-- == 0;
  }

  private synchronized boolean arrives() {
    return arrives;
  }

  private synchronized Runnable accident() {
    return accident;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = entrance.accept();
      open.add(client);
      start(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      Passage passage = new Passage(client, server);
      start(passage::requests);
      start(passage::answers);
    } catch (IOException absent) {
      client.close();
    }
  }

  private final class Passage {
    private final Socket client;
    private final Socket server;
    private volatile boolean broken;

    Passage(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() throws IOException {
      try (client;
          server) {
        copy(client.getInputStream(), server.getOutputStream(), true);
      }
    }

    void answers() throws IOException {
      try (client;
          server) {
        copy(server.getInputStream(), client.getOutputStream(), false);
      }
    }

    /** Returns whether the request arrives. */
    private synchronized boolean breaks(OutputStream out, byte[] buffer, int length)
        throws IOException {
      broken = true;
      if (arrives()) {
        out.write(buffer, 0, length);
      }
      accident().run();
      return arrives();
    }

    /** Until then nobody hears that the line is broken. */
    private synchronized void accidentIsOver() {}

    private void copy(InputStream in, OutputStream out, boolean requests) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (requests && breaksNow()) {
          if (!breaks(out, buffer, n)) {
            return;
          }
        } else if (broken) {
          accidentIsOver();
          return;
        } else {
          out.write(buffer, 0, n);
        }
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // A connection that ends is what this is for.
              }
            },
            "breaking-line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
