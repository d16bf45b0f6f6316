package org.acopio.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.acopio.collect.CollectSettings;
import org.acopio.collect.Server;
import org.acopio.endpoint.IngestPort;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.remote.Parts;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;
import org.acopio.storage.Storage;
import org.acopio.storage.Storage.Piece;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that stall, break or flood, through the real adapter, and others who are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class NeighboursTest {
  private static final int WORKERS = 48;

  /** So many calls of one collection side by side that those are not what holds a client back. */
  private static final CollectSettings LIMITS =
      new CollectSettings(4_096, 16_384, 10, 64, Duration.ofMinutes(10), 1_000, 8, 1 << 20, 0);

  private final Map<Long, CountDownLatch> slowUploads = new ConcurrentHashMap<>();
  private final Set<String> diskThreads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch slowDiskReached = new CountDownLatch(1);
  private final Semaphore waitingForDisk = new Semaphore(0);
  private Server server;
  private Ingest ingest;
  private IngestPort port;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = new Server(folder, LIMITS, this::slowForSome);
    ingest = new Ingest(server.collector, LIMITS);
    port = new IngestPort(ingest);
  }

  @AfterAll
  void stop() {
    port.close();
    server.close();
  }

  /** A store that takes the blocks of some uploads only once they may go on. */
  private Storage slowForSome(Storage disk) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              diskThreads.add(Thread.currentThread().getName());
              if (method.getName().equals("write")) {
                waitFor((List<?>) arguments[0]);
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void waitFor(List<?> pieces) throws InterruptedException {
    for (Object piece : pieces) {
      CountDownLatch slow = slowUploads.get(((Piece) piece).upload().number());
      if (slow != null) {
        waitingForDisk.release();
        slowDiskReached.countDown();
        slow.await();
      }
    }
  }

  /** A client with a key of its own and an open collection. */
  private final class Pc implements AutoCloseable {
    final IngestClient line = new IngestClient(port.port());
    final Ticket ticket;
    final byte[] content = new byte[1_000];
    final int number;

    Pc(int number) throws Exception {
      this.number = number;
      byte[] key = new byte[Hello.KEY_BYTES];
      key[0] = (byte) number;
      ticket = line.open(new Hello(1, key, "test", "PC " + number));
      new Random(number).nextBytes(content);
      System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 0, content, 0, 3);
    }

    Verdict.Send begin(String name) throws Exception {
      FileOffer offer =
          new FileOffer(
              FilePath.of("/" + number + name),
              content.length,
              Instant.EPOCH,
              "image/jpeg",
              Optional.empty());
      return assertInstanceOf(
          Verdict.Send.class,
          line.offer(ticket.id(), Batch.ofOffers(List.of(offer))).items().get(0));
    }

    Block block(long upload, int part) {
      int from = (int) Parts.start(part, content.length);
      int length = (int) Parts.length(part, content.length);
      return Block.of(upload, part, 0, ByteBuffer.wrap(content, from, length));
    }

    Receipt store(String name) throws Exception {
      long upload = begin(name).upload();
      int[] checksums = new int[Parts.COUNT];
      for (int part = 0; part < Parts.COUNT; part++) {
        Block block = block(upload, part);
        checksums[part] = block.crc32c();
        assertEquals(
            List.of(BlockReply.ACCEPTED),
            line.write(ticket.id(), Batch.ofBlocks(List.of(block))).items());
      }
      FileDigest claim =
          new FileDigest(upload, Sha256.of(Sha256.start().digest(content)), checksums);
      return assertInstanceOf(
              Completion.Stored.class,
              line.finish(ticket.id(), Batch.ofDigests(List.of(claim))).items().get(0))
          .receipt();
    }

    void storeMany(int files) throws Exception {
      for (int i = 0; i < files; i++) {
        store("-" + i + ".jpg");
      }
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }

  private FrameConnection greeted() throws Exception {
    return FrameConnection.greeted(port.port());
  }

  private static void assertLastWord(Fault fault, FrameConnection connection) throws IOException {
    Frame error = connection.readFrame();
    assertEquals(Frame.ERROR, error.type());
    assertEquals(0, error.request());
    assertEquals(fault.code(), Byte.toUnsignedInt(error.body().get()));
    assertEquals(0, connection.readToEnd().length, "the server closes behind its last word");
  }

  // ------------------------------------------------------------ slow and fast

  @Test
  void clientsThatStallDoNotDelayAFastOne() throws Exception {
    List<FrameConnection> stalled = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FrameConnection connection = greeted();
      connection.send(ByteBuffer.allocate(100).putInt(100_000).array());
      stalled.add(connection);
    }
    try (Pc fast = new Pc(1)) {
      fast.storeMany(20);
    }
    for (FrameConnection connection : stalled) {
      connection.close();
    }
  }

  @Test
  void diskThatIsSlowForOneDoesNotDelayAnother() throws Exception {
    try (Pc slow = new Pc(2);
        Pc fast = new Pc(3)) {
      long upload = slow.begin("slow.jpg").upload();
      CountDownLatch slowDiskGoesOn = new CountDownLatch(1);
      slowUploads.put(upload, slowDiskGoesOn);
      CompletableFuture<List<BlockReply>> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Batch<Block> part = Batch.ofBlocks(List.of(slow.block(upload, 0)));
                  return slow.line.write(slow.ticket.id(), part).items();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertTrue(slowDiskReached.await(30, TimeUnit.SECONDS));
      fast.storeMany(20);
      assertFalse(waiting.isDone());
      slowDiskGoesOn.countDown();
      assertEquals(List.of(BlockReply.ACCEPTED), waiting.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientWhoseHundredConnectionsWaitForTheDiskLeavesWorkersToOthers() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    List<FrameConnection> connections = new ArrayList<>();
    waitingForDisk.drainPermits();
    try (Pc hog = new Pc(8);
        Pc other = new Pc(9)) {
      long upload = hog.begin("hog.jpg").upload();
      slowUploads.put(upload, goesOn);
      byte[] block = Batch.ofBlocks(List.of(hog.block(upload, 0))).pack();
      byte[] body = new Body().text(hog.ticket.id()).raw(block).bytes();
      byte[] frame = new Frame(4, 1, ByteBuffer.wrap(body)).bytes().array();
      for (int i = 0; i < 100; i++) {
        FrameConnection connection = FrameConnection.silent(port.port());
        connections.add(connection);
        connection.send(FrameConnection.GREETING);
        connection.send(frame);
      }
      assertTrue(waitingForDisk.tryAcquire(WORKERS / 3, 30, TimeUnit.SECONDS));
      other.storeMany(20);
      int held = WORKERS / 3 + waitingForDisk.availablePermits();
      assertTrue(held <= WORKERS / 2, held + " workers wait for one client");
      goesOn.countDown();
      for (FrameConnection connection : connections) {
        assertEquals(Conversation.VERSION, connection.readGreeting());
        assertEquals(4 + Frame.ANSWER, connection.readFrame().type());
        connection.close();
      }
    } finally {
      goesOn.countDown();
    }
  }

  @Test
  void onlyWorkersTouchTheDisk() throws Exception {
    try (Pc pc = new Pc(4)) {
      diskThreads.clear();
      pc.storeMany(3);
    }
    assertFalse(diskThreads.isEmpty());
    for (String thread : diskThreads) {
      assertTrue(thread.contains("worker") || thread.equals("acopio-commit"), thread);
    }
  }

  @Test
  void whoNeverReadsIsNoLongerReadFromAndOthersAre() throws Exception {
    try (Pc pc = new Pc(5);
        FrameConnection flood = greeted()) {
      Receipt receipt = pc.store("flood.jpg");
      byte[] read =
          new Body().text(pc.ticket.id()).int64(receipt.file()).int64(0).int32(1_000).bytes();
      byte[] frame = new Frame(8, 1, ByteBuffer.wrap(read)).bytes().array();
      byte[] many = new byte[frame.length * 1_000];
      for (int at = 0; at < many.length; at += frame.length) {
        System.arraycopy(frame, 0, many, at, frame.length);
      }
      CompletableFuture<Integer> sent =
          CompletableFuture.supplyAsync(() -> floodUntilStuck(flood, many));
      assertThrows(
          java.util.concurrent.TimeoutException.class,
          () -> sent.get(3, TimeUnit.SECONDS),
          "the server goes on reading from a client that reads nothing");
      pc.storeMany(10);
      flood.socket.close();
      assertTrue(sent.get(30, TimeUnit.SECONDS) < 100 << 20);
    }
  }

  /** Sends until the connection is gone; returns how many bytes went out. */
  private static int floodUntilStuck(FrameConnection flood, byte[] bytes) {
    int sent = 0;
    try {
      while (sent < 500 << 20) {
        flood.send(bytes);
        sent += bytes.length;
      }
    } catch (IOException gone) {
      return sent;
    }
    return sent;
  }

  // --------------------------------------------------------------- bad input

  @Test
  void frameOfTwoGibibytesIsRefusedWithAReason() throws Exception {
    try (FrameConnection connection = greeted()) {
      connection.send(ByteBuffer.allocate(1 << 20).putInt(1 << 31).array());
      assertLastWord(Fault.FRAME_LENGTH, connection);
    }
  }

  @Test
  void tlsIsToldThatThisIsNoTls() throws Exception {
    try (FrameConnection connection = FrameConnection.silent(port.port())) {
      connection.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
      assertEquals(0, connection.readGreeting());
      assertLastWord(Fault.NOT_ACOPIO, connection);
    }
  }

  @Test
  void inputThatEndsInTheMiddleOfAFrameIsTold() throws Exception {
    try (FrameConnection connection = greeted()) {
      connection.send(new byte[] {0, 0, 0, 50, 1});
      connection.socket.shutdownOutput();
      assertLastWord(Fault.CUT_SHORT, connection);
    }
  }

  @Test
  void answersReachAClientThatHasEndedItsSide() throws Exception {
    try (FrameConnection connection = FrameConnection.silent(port.port())) {
      byte[] describe = new Frame(1, 1, ByteBuffer.allocate(0)).bytes().array();
      connection.send(new Body().raw(FrameConnection.GREETING).raw(describe).bytes());
      connection.socket.shutdownOutput();
      assertEquals(1, connection.readGreeting());
      assertEquals(1 + Frame.ANSWER, connection.readFrame().type());
      assertEquals(0, connection.readToEnd().length);
    }
  }

  @Test
  void resetInTheMiddleCostsNobodyAnything() throws Exception {
    try (Pc pc = new Pc(6)) {
      long upload = pc.begin("reset.jpg").upload();
      byte[] part = Batch.ofBlocks(List.of(pc.block(upload, 0))).pack();
      byte[] body = new Body().text(pc.ticket.id()).raw(part).bytes();
      byte[] frame = new Frame(4, 1, ByteBuffer.wrap(body)).bytes().array();
      for (int i = 0; i < 20; i++) {
        try (FrameConnection connection = greeted()) {
          connection.send(Arrays.copyOf(frame, frame.length - 1));
          connection.socket.setSoLinger(true, 0);
        }
      }
      assertEquals(upload, pc.begin("reset.jpg").upload(), "the ticket is still good");
      pc.store("reset.jpg");
    }
  }

  @Test
  void collectionOutlivesItsConnections() throws Exception {
    try (Pc pc = new Pc(7)) {
      pc.line.close();
      byte[] close = new Body().text(pc.ticket.id()).bytes();
      try (FrameConnection other = greeted()) {
        assertEquals(6 + Frame.ANSWER, other.call(6, close).type());
      }
    }
  }

  @Test
  void whoSaysNothingIsDisconnected() throws Exception {
    Map<String, String> impatient = Map.of("firstByteTimeout", "PT0.2S", "idleTimeout", "PT0.5S");
    try (IngestPort other = new IngestPort(ingest, impatient);
        FrameConnection silent = FrameConnection.silent(other.port());
        FrameConnection idle = FrameConnection.greeted(other.port())) {
      assertEquals(0, silent.readToEnd().length);
      assertEquals(0, idle.readToEnd().length);
    }
  }
}
