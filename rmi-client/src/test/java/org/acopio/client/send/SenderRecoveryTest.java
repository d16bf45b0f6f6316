package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FakeCollector.Limits;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost connections, restarts, expired tickets, servers that never come, interrupts. */
@Timeout(60)
class SenderRecoveryTest extends SenderFixture {
  private static final Limits LIMITS = new Limits(16 << 10, 64 << 10, 50, 8, 1000);
  private static final Duration SOON = Duration.ofMillis(5);

  private List<MediaFile> files() throws Exception {
    List<MediaFile> files = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      files.add(file("f" + i, 500 * i, i));
    }
    files.add(file("large", 3_000_001, 1));
    files.add(file("larger", 5_000_003, 2));
    return files;
  }

  /** What may have been under way, and so is sent again without anybody's fault. */
  private void assertLittleRepeated(FakeCollector collector) {
    long most = (long) (options().lanes() + 1) * LIMITS.sendBytes();
    assertTrue(collector.repeatedBytes.get() <= most, collector.repeatedBytes::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30, 100})
  void cutConnectionsCostOnlyWhatWasUnderWay(int write) throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    collector.faults.onWrite =
        number -> {
          if (number == write) {
            server.cut();
          }
        };
    List<MediaFile> files = files();
    assertTrue(send(server, files).complete());
    assertStored(collector, files);
    assertLittleRepeated(collector);
    assertEquals(2, heard.connected.get());
  }

  /** What did not get through holds memory that the reading of what comes next may wait for. */
  @Test
  void aCutWhileAllMemoryIsOnItsWayToAFarServerEndsNothing() throws Exception {
    int lanes = 16;
    FakeCollector collector = collector(new Limits(1 << 20, 4 << 20, 50, lanes, 1000));
    FakeServer server = serve(collector);
    CountDownLatch cut = new CountDownLatch(1);
    collector.faults.onWrite =
        number -> {
          LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
          if (number == 2 * lanes) {
            // Those who read take what memory is left meanwhile, and wait for more.
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            server.cut();
            cut.countDown();
          } else if (number > lanes) {
            await(cut);
          }
        };
    List<MediaFile> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.add(file("film" + i, 60 << 20, i));
    }
    Sender.Options options =
        new Sender.Options(KEY, "0-test", "here", NOWHERE, lanes, Duration.ofSeconds(10), true);
    try (Sender sender = new Sender(server.address(), options, heard, SOON)) {
      assertTrue(sender.send(files).complete());
    }
    assertStored(collector, files);
    assertEquals(2, heard.connected.get());
  }

  @Test
  void lostAnswersOfFinishedFilesAreAskedForAgain() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    AtomicBoolean once = new AtomicBoolean();
    collector.faults.afterFinish =
        () -> {
          if (!once.getAndSet(true)) {
            server.cut();
          }
        };
    List<MediaFile> files = files();
    assertTrue(send(server, files).complete());
    assertEquals(List.of(), List.copyOf(collector.violations));
    assertEquals(files.size(), collector.storedFiles());
    for (MediaFile file : files) {
      assertEquals(1, collector.versions(wire(file)), () -> "versions of " + file.path());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 90})
  void aServerThatIsStartedAnewGoesOnInsideFiles(int write) throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    CountDownLatch stopped = new CountDownLatch(1);
    collector.faults.onWrite =
        number -> {
          if (number == write) {
            stopped.countDown();
          }
        };
    CompletableFuture<Void> restart =
        CompletableFuture.runAsync(
            () -> {
              try {
                stopped.await();
                server.stop();
                collector.expireTickets();
                server.start();
              } catch (InterruptedException | RemoteException e) {
                throw new IllegalStateException(e);
              }
            });
    List<MediaFile> files = files();
    assertTrue(send(server, files).complete());
    restart.join();
    assertStored(collector, files);
    assertLittleRepeated(collector);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 80})
  void anExpiredTicketCostsNeitherBytesNorAPause(int write) throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    collector.faults.onWrite =
        number -> {
          if (number == write) {
            collector.expireTickets();
          }
        };
    List<MediaFile> files = files();
    assertTrue(send(server, files).complete());
    assertStored(collector, files);
    assertEquals(0, collector.repeatedBytes.get());
    assertEquals(List.of(), heard.waits);
  }

  @Test
  void aServerThatComesLateIsWaitedFor() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    server.stop();
    Recorder starting =
        new Recorder() {
          @Override
          public synchronized void waiting(
              int attempt, Duration pause, Duration left, ServerTrouble trouble) {
            super.waiting(attempt, pause, left, trouble);
            if (attempt == 2) {
              try {
                server.start();
              } catch (RemoteException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    try (Sender sender = new Sender(server.address(), options(), starting, SOON)) {
      sender.warmUp();
      assertTrue(sender.send(List.of(file("one", 9, 9))).complete());
    }
    assertEquals(2, starting.waits.size());
  }

  @Test
  void aServerThatNeverComesIsGivenUpAfterPatience() throws Exception {
    ServerAddress nobody = new ServerAddress("127.0.0.1", FakeServer.freePort());
    Sender.Options hasty =
        new Sender.Options(KEY, "0", "here", NOWHERE, 4, Duration.ofMillis(700), true);
    try (Sender sender = new Sender(nobody, hasty, heard)) {
      List<MediaFile> files = List.of(file("one", 9, 9));
      SendException e = assertThrows(SendException.class, () -> sender.send(files));
      assertEquals(SendException.Kind.UNREACHABLE, e.kind());
      assertEquals(ServerTrouble.Code.NO_ANSWER, e.trouble().code());
      assertEquals(nobody, e.trouble().server());
      assertEquals(hasty.patience(), e.patience());
    }
    assertTrue(heard.waits.size() >= 2, heard.waits::toString);
  }

  @Test
  void aServerThatFailsEachTimeWithoutProgressIsGivenUp() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    collector.faults.onWrite = number -> server.cut();
    Sender.Options hasty =
        new Sender.Options(KEY, "0", "here", NOWHERE, 4, Duration.ofMillis(700), true);
    try (Sender sender = new Sender(server.address(), hasty, heard)) {
      List<MediaFile> files = List.of(file("one", 500_000, 9));
      SendException e = assertThrows(SendException.class, () -> sender.send(files));
      assertEquals(SendException.Kind.UNREACHABLE, e.kind());
    }
  }

  @Test
  void anotherVersionOfTheContractEndsTheRunAndTellsBoth() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    collector.protocol = 7;
    collector.faults.onOpen =
        () -> {
          throw new CollectorException(
              CollectorException.Code.VERSION_MISMATCH, "update the agent to 2.0");
        };
    List<MediaFile> files = List.of(file("one", 9, 9));
    SendException e = assertThrows(SendException.class, () -> send(server, files));
    assertEquals(SendException.Kind.REFUSED, e.kind());
    assertEquals(ServerTrouble.Code.VERSION_MISMATCH, e.trouble().code());
    assertEquals(FileCollector.PROTOCOL, e.trouble().protocol());
    assertEquals(7, e.trouble().serverProtocol());
    assertEquals("update the agent to 2.0", e.trouble().detail());
    assertEquals(List.of(), heard.waits);
  }

  @Test
  void anInterruptEndsARunWhoseCallsHang() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    collector.faults.onWrite =
        number -> {
          hanging.countDown();
          await(release);
        };
    List<MediaFile> files = files();
    Interruptible run = new Interruptible(() -> send(server, files));
    hanging.await();
    assertEquals(SendException.Kind.INTERRUPTED, run.interrupt());
    release.countDown();
  }

  @Test
  void anInterruptEndsTheWaitForAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerAddress address = new ServerAddress("127.0.0.1", silent.getLocalPort());
      List<MediaFile> files = List.of(file("one", 9, 9));
      Interruptible run =
          new Interruptible(
              () -> {
                try (Sender sender = new Sender(address, options(), heard)) {
                  sender.send(files);
                }
              });
      try (Socket connected = silent.accept()) {
        assertTrue(connected.isConnected());
        assertEquals(SendException.Kind.INTERRUPTED, run.interrupt());
      }
    }
  }

  @Test
  void aWarmedUpSenderThatIsNotUsedLeavesNoTicketOpen() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    try (Sender sender = new Sender(server.address(), options(), heard)) {
      sender.warmUp();
    }
    assertEquals(collector.opened.get(), collector.closed.get());
  }

  @Test
  void aTicketThatIsBeingOpenedWhenNobodyNeedsItAnyMoreIsClosed() throws Exception {
    FakeCollector collector = collector(LIMITS);
    FakeServer server = serve(collector);
    CountDownLatch opening = new CountDownLatch(1);
    collector.faults.onOpen = opening::countDown;
    try (Sender sender = new Sender(server.address(), options(), heard)) {
      sender.warmUp();
      await(opening);
    }
    assertEquals(1, collector.opened.get());
    assertEquals(1, collector.closed.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A run in a thread of its own. */
  private static final class Interruptible {
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Thread thread;

    Interruptible(Body body) {
      thread =
          new Thread(
              () -> {
                try {
                  body.run();
                  result.complete(null);
                } catch (Exception e) {
                  result.completeExceptionally(e);
                }
              });
      thread.start();
    }

    SendException.Kind interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      ExecutionException e = assertThrows(ExecutionException.class, result::get);
      return ((SendException) e.getCause()).kind();
    }
  }

  private interface Body {
    void run() throws Exception;
  }
}
