package org.acopio.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.acopio.collect.Peer;
import org.acopio.collect.Server;
import org.acopio.collect.Transport;
import org.acopio.remote.Hello;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever a client of the ingest protocol sends: whole frames come back, one for each request,
 * memory stays within what has arrived, and how the bytes were cut makes no difference to the
 * number of answers. {@link ConversationFuzzTest} asks the same of inputs made by rules.
 */
class ConversationBytesFuzzTest {
  private static final int KEPT = 1 << 16;

  /** Stands in inputs for the ticket, which is another in every run. */
  private static final byte[] TICKET = "TICKET".getBytes(StandardCharsets.US_ASCII);

  private static Path folder;
  private static Server server;
  private static Ingest ingest;
  private static String ticket;

  @BeforeAll
  static void start() throws Exception {
    folder = Files.createTempDirectory("acopio-fuzz");
    server = new Server(folder, Server.LIMITS);
    ingest = new Ingest(server.collector, Server.LIMITS);
    Hello hello = new Hello(1, new byte[Hello.KEY_BYTES], "fuzz", "PC");
    ticket = server.collector.open(new Peer("127.0.0.1", 0, Transport.INGEST), hello).id();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @FuzzTest
  void anythingIsAnsweredOrWaitedFor(byte[] bytes) {
    assertEquals(kinds(converse(bytes, 1 + bytes.length)), kinds(converse(bytes, 3)));
  }

  /** Each piece behind its type and its length is a request; its ticket is one that is open. */
  @FuzzTest
  void everyRequestHasOneAnswer(byte[] bytes) {
    Body all = new Body().raw(FrameConnection.GREETING);
    int requests = 0;
    for (int at = 0; at + 2 <= bytes.length && requests < 16; requests++) {
      int end = Math.min(bytes.length, at + 2 + (bytes[at + 1] & 0xff));
      byte[] body = withTicket(Arrays.copyOfRange(bytes, at + 2, end));
      ByteBuffer frame = new Frame(bytes[at] & 0x7f, requests, ByteBuffer.wrap(body)).bytes();
      all.raw(Arrays.copyOf(frame.array(), frame.remaining()));
      at = end;
    }
    byte[] sent = all.bytes();
    Recorded line = converse(sent, sent.length);
    if (!line.closed()) {
      assertEquals(requests, line.frames().size(), "one request has one answer");
    }
  }

  private static byte[] withTicket(byte[] body) {
    String hex = HexFormat.of().formatHex(body);
    String mark = HexFormat.of().formatHex(TICKET);
    if (!hex.startsWith(mark)) {
      return body;
    }
    return new Body()
        .text(ticket)
        .raw(Arrays.copyOfRange(body, TICKET.length, body.length))
        .bytes();
  }

  private static List<Integer> kinds(Recorded line) {
    return line.frames().stream().map(Frame::type).toList();
  }

  private static Recorded converse(byte[] bytes, int piece) {
    Recorded line = new Recorded();
    Conversation conversation =
        ingest.begin(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001), line);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      conversation.received(ByteBuffer.wrap(next).asReadOnlyBuffer());
      assertTrue(conversation.heldBytes() <= Math.max(KEPT, 2 * bytes.length), "bounded memory");
    }
    conversation.inputEnded();
    return line;
  }
}
