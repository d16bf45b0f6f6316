package org.acopio.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many clients that stay connected and say a word now and then, and many files of which a little
 * more arrives all the time and which never end.
 */
final class Crowd implements AutoCloseable {
  static final int CLIENTS = 1_000;
  static final int SENDERS = 20;
  static final int FILES_EACH = 10;

  /** Everybody has their turn within a second. */
  private static final int TURN_MILLIS = 25;

  private static final int TURNS = 1_000 / TURN_MILLIS;

  private static final int FILE_BYTES = 800_000;
  private static final int PIECE_BYTES = 1_000;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<TcpClient> clients = new ArrayList<>();
  private final List<StepwiseSender.Sending> files = new ArrayList<>();
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
  private Future<?> life = turns.submit(() -> {});
  private int turn;

  /** Returns when all are connected and all files are announced. */
  static Crowd gather(int echoPort, int ingestPort) throws IOException {
    Crowd crowd = new Crowd();
    try {
      crowd.connect(echoPort);
      crowd.announce(ingestPort);
    } catch (IOException | RuntimeException | Error e) {
      crowd.close();
      throw e;
    }
    crowd.life =
        crowd.turns.scheduleWithFixedDelay(crowd::takeTurn, 0, TURN_MILLIS, TimeUnit.MILLISECONDS);
    return crowd;
  }

  private void connect(int port) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      TcpClient client = TcpClient.to(port);
      open.add(client);
      clients.add(client);
    }
  }

  private void announce(int port) throws IOException {
    byte[] content = new byte[FILE_BYTES];
    new Random(FILE_BYTES).nextBytes(content);
    byte[] head = "GIF89a".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, content, 0, head.length);
    for (int sender = 0; sender < SENDERS; sender++) {
      byte[] key = new byte[32];
      key[0] = (byte) (100 + sender);
      StepwiseSender connected = new StepwiseSender(port, "pc " + sender, key);
      open.add(connected);
      for (int file = 0; file < FILES_EACH; file++) {
        String path = "/pc%d/%d.gif".formatted(sender, file);
        files.add(connected.offer(path, "image/gif", content));
      }
    }
  }

  private void takeTurn() {
    try {
      for (int i = turn % TURNS; i < clients.size(); i += TURNS) {
        clients.get(i).send("x").read(1);
      }
      for (int i = turn % TURNS; i < files.size(); i += TURNS) {
        files.get(i).some(turn / TURNS % 4, PIECE_BYTES);
      }
      turn++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails when one of them could not go on. */
  void assertAlive() {
    if (life.isDone()) {
      try {
        life.get();
      } catch (ExecutionException e) {
        throw new AssertionError("the crowd stands still", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("the crowd stands still");
    }
  }

  @Override
  public void close() throws IOException {
    turns.shutdownNow();
    try {
      if (!turns.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new IOException("the crowd does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    IOException failure = null;
    for (AutoCloseable one : open) {
      try {
        if (one instanceof StepwiseSender sender && failure == null) {
          sender.end();
        }
        one.close();
      } catch (Exception e) {
        failure = new IOException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
