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
    passing = requests;
    arrives = answerLost;
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

  private void accept() throws IOException {
    while (true) {
      Socket client = entrance.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(client);
      open.add(server);
      Passage passage = new Passage(client, server);
      start(passage::requests);
      start(passage::answers);
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

    private void copy(InputStream in, OutputStream out, boolean requests) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (requests && breaksNow()) {
          broken = true;
          if (!arrives()) {
            return;
          }
        } else if (broken) {
          return;
        }
        out.write(buffer, 0, n);
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
