package org.acopio.socket.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.acopio.socket.thread.KernelTables.UnderWay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux tells of bytes that nobody has acknowledged. */
class KernelTablesTest {
  private static final int PORT = 6667;
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

  @TempDir Path temp;

  /** An address as Linux writes it on this machine. */
  private static String words(String address, int port) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).order(ByteOrder.nativeOrder());
    StringBuilder text = new StringBuilder();
    while (bytes.hasRemaining()) {
      text.append(String.format("%08X", bytes.getInt()));
    }
    return text.append(String.format(":%04X", port)).toString();
  }

  private static String row(String local, String remote, String rest) {
    return "   7: " + local + " " + remote + " " + rest + " 1 0000000000000000 20 4 30 10 -1\n";
  }

  @Test
  void thePeersOfAPortWhoHaveToAcknowledgeAreFoundInBothTables() throws IOException {
    Path first =
        Files.writeString(
            temp.resolve("tcp"),
            HEAD
                + row(
                    words("0.0.0.0", PORT),
                    words("0.0.0.0", 0),
                    "0A 00000000:00000000 00:0 0 0 0 1")
                + row(
                    words("10.0.0.1", PORT),
                    words("10.0.0.2", 40_000),
                    "01 00000000:00000000 02:0007 00000000 0 0 2")
                + row(
                    words("10.0.0.1", PORT),
                    words("10.0.0.3", 40_001),
                    "01 0000010A:00000000 01:0007 0000000B 0 0 3")
                + row(
                    words("10.0.0.1", 80),
                    words("10.0.0.4", PORT),
                    "01 0000010A:00000000 01:0007 0000000B 0 0 4"));
    Path second =
        Files.writeString(
            temp.resolve("tcp6"),
            HEAD
                + row(
                    words("fe80::1", PORT),
                    words("fe80::2", 65_535),
                    "08 00000005:00000000 04:0007 00000000 0 12 5"));
    assertEquals(
        Map.of(
            new InetSocketAddress("10.0.0.3", 40_001), new UnderWay(0x10A, 0xB),
            new InetSocketAddress("fe80::2", 65_535), new UnderWay(5, 12)),
        new KernelTables(List.of(first, second)).underWay(PORT));
  }

  @Test
  void aTableOfAnotherKindIsAnError() throws IOException {
    Path other =
        Files.writeString(
            temp.resolve("tcp"), row(words("10.0.0.1", PORT), "10.0.0.2:80", "01 x:y 0 z 0 0 0"));
    assertThrows(IOException.class, () -> new KernelTables(List.of(other)).underWay(PORT));
  }

  @Test
  void whereThereAreNoTablesNobodyLacksAnything() throws IOException {
    KernelTables none = new KernelTables(List.of(temp.resolve("tcp")));
    assertFalse(none.areThere());
    assertEquals(Map.of(), none.underWay(PORT));
  }

  @Test
  void aPeerOfThisSystemThatReadsNothingIsFoundAndAnswersStill() throws IOException {
    KernelTables tables = KernelTables.ofTheSystem();
    assumeTrue(tables.areThere(), "only Linux tells it");
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = listening.socket().getLocalPort();
      try (SocketChannel client = SocketChannel.open()) {
        client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        client.connect(listening.getLocalAddress());
        try (SocketChannel served = listening.accept()) {
          assertEquals(Map.of(), tables.underWay(port));
          served.configureBlocking(false);
          ByteBuffer much = ByteBuffer.allocate(1 << 20);
          for (int sent = served.write(much); sent > 0; sent = served.write(much)) {
            much.clear();
          }
          Awaitility.await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> {
                    UnderWay toClient =
                        tables.underWay(port).get((InetSocketAddress) client.getLocalAddress());
                    return toClient != null && toClient.bytes() > 0 && toClient.unanswered() == 0;
                  });
          assertTrue(served.isConnected());
        }
      }
    }
  }
}
