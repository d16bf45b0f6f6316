package org.acopio.rmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a connection to the port of RMI begins with. */
class OpeningFuzzTest {
  private static final byte[] JRMI = {0x4a, 0x52, 0x4d, 0x49, 0, 2};
  private static final int RECORD_HEAD = 5;
  private static final int MAX_RECORD = 1 << 14;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static SocketChannel peer;
  private static Arrival arrival;

  @BeforeAll
  static void connect() throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      peer = SocketChannel.open(listening.getLocalAddress());
      arrival = new Arrival(listening.accept());
    }
  }

  @AfterAll
  static void disconnect() throws IOException {
    arrival.close();
    peer.close();
  }

  @FuzzTest
  void verdictIsTheSameHoweverTheBytesAreCut(byte[] bytes) {
    for (boolean loopback : new boolean[] {true, false}) {
      Opening verdict = Opening.UNKNOWN;
      for (int length = 0; length <= bytes.length; length++) {
        Opening next = Opening.of(Arrays.copyOf(bytes, length), loopback);
        if (verdict == Opening.UNKNOWN) {
          verdict = next;
          check(verdict, Arrays.copyOf(bytes, length), loopback);
        } else {
          assertEquals(verdict, next, "nothing that follows changes it");
        }
      }
      if (bytes.length >= RECORD_HEAD + MAX_RECORD) {
        assertNotEquals(Opening.UNKNOWN, verdict, "nobody waits for more than a record");
      }
    }
  }

  private static void check(Opening verdict, byte[] head, boolean loopback) {
    if (verdict == Opening.PLAIN) {
      assertTrue(loopback, "nobody from elsewhere speaks in the clear");
      assertArrayEquals(JRMI, Arrays.copyOf(head, JRMI.length));
    } else if (verdict == Opening.TLS) {
      int length = ByteBuffer.wrap(head).getShort(3);
      assertEquals(0x16, head[0], "a handshake");
      assertEquals(RECORD_HEAD + length, head.length, "a whole record and no byte more");
    } else if (verdict == Opening.UNKNOWN) {
      assertTrue(head.length < RECORD_HEAD + MAX_RECORD, "bounded");
      boolean begun = head.length == 0 || head[0] == 0x16 || loopback && head[0] == JRMI[0];
      assertTrue(begun, "who speaks something else is not waited for");
    }
  }

  /** The first byte says how much of the rest was looked at before somebody serves it. */
  @FuzzTest
  void noByteIsLostBehindTheFirstLook(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] sent = Arrays.copyOfRange(bytes, 1, bytes.length);
    int looked = Math.min(sent.length, bytes[0] & 0xff);
    ByteBuffer rest = ByteBuffer.wrap(sent, looked, sent.length - looked);
    while (rest.hasRemaining()) {
      peer.write(rest);
    }
    CountedSocket socket = new CountedSocket(arrival, Arrays.copyOf(sent, looked), IDLE);
    socket.setSoTimeout(0);
    assertArrayEquals(sent, socket.getInputStream().readNBytes(sent.length));
    assertEquals(0, socket.getInputStream().available(), "nothing comes twice");
  }
}
