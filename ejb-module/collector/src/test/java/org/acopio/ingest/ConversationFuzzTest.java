package org.acopio.ingest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.acopio.collect.Peer;
import org.acopio.collect.Server;
import org.acopio.collect.Transport;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.remote.Sha256;

/** Whatever arrives, in whatever pieces: an answer or an error, and nothing else. */
class ConversationFuzzTest {
  private static final int PIECE = 1 << 16;

  private static Path folder;
  private static Server server;
  private static Ingest ingest;
  private static String ticket;

  @BeforeContainer
  static void start() throws Exception {
    folder = Files.createTempDirectory("acopio-fuzz");
    server = new Server(folder, Server.LIMITS);
    ingest = new Ingest(server.collector, Server.LIMITS);
    Hello hello = new Hello(1, new byte[Hello.KEY_BYTES], "fuzz", "PC");
    ticket = server.collector.open(new Peer("127.0.0.1", 0, Transport.INGEST), hello).id();
  }

  @AfterContainer
  static void stop() throws IOException {
    server.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 2_000)
  void anyBytesInsteadOfAGreetingAreAnsweredOrWaitedFor(
      @ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int piece) {
    converse(bytes, piece);
  }

  @Property(tries = 2_000)
  void anyBytesAfterTheGreetingAreAnsweredOrWaitedFor(
      @ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int piece) {
    converse(join(FrameConnection.GREETING, bytes), piece);
  }

  @Property(tries = 3_000)
  void anyBodyOfAnyTypeIsAnswered(
      @ForAll byte type, @ForAll @Size(max = 200) byte[] body, @ForAll boolean withTicket) {
    byte[] whole = withTicket ? join(new Body().text(ticket).bytes(), body) : body;
    byte[] frame = new Frame(type, 1, ByteBuffer.wrap(whole)).bytes().array();
    Recorded line = converse(join(FrameConnection.GREETING, frame), frame.length);
    assertTrue(line.frames().size() == 1, "one request has one answer");
  }

  @Property(tries = 3_000)
  void requestsWithDamageAreAnswered(
      @ForAll("requests") byte[] request, @ForAll long seed, @ForAll @IntRange(max = 4) int hits) {
    byte[] damaged = request.clone();
    Random random = new Random(seed);
    for (int i = 0; i < hits; i++) {
      damaged[9 + random.nextInt(damaged.length - 9)] = (byte) random.nextInt();
    }
    Recorded line = converse(join(FrameConnection.GREETING, damaged), 1 + random.nextInt(300));
    assertTrue(line.frames().size() == 1, "one request has one answer");
  }

  @Provide
  Arbitrary<byte[]> requests() {
    FileOffer offer =
        new FileOffer(
            FilePath.of("/fuzz.jpg"),
            100,
            java.time.Instant.EPOCH,
            "image/jpeg",
            java.util.Optional.of(Sha256.of(new byte[32])));
    List<byte[]> requests = new ArrayList<>();
    requests.add(frame(1, new Body()));
    requests.add(frame(3, withTicket().raw(Batch.ofOffers(List.of(offer, offer)).pack())));
    requests.add(
        frame(
            4,
            withTicket()
                .raw(Batch.ofBlocks(List.of(Block.of(1, 0, 0, ByteBuffer.allocate(25)))).pack())));
    requests.add(
        frame(
            5,
            withTicket()
                .raw(
                    Batch.ofDigests(List.of(new FileDigest(1, Sha256.of(new byte[32]), new int[4])))
                        .pack())));
    requests.add(frame(7, withTicket().int64(0).int32(10)));
    requests.add(frame(8, withTicket().int64(1).int64(0).int32(100)));
    return Arbitraries.of(requests);
  }

  private static Body withTicket() {
    return new Body().text(ticket);
  }

  private static byte[] frame(int type, Body body) {
    return new Frame(type, 1, ByteBuffer.wrap(join(body.bytes(), new byte[1]))).bytes().array();
  }

  private static byte[] join(byte[] one, byte[] other) {
    return new Body().raw(one).raw(other).bytes();
  }

  /** What comes back is whole frames, and memory stays within what has arrived. */
  private static Recorded converse(byte[] bytes, int piece) {
    Recorded line = new Recorded();
    Conversation conversation =
        ingest.begin(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001), line);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      conversation.received(ByteBuffer.wrap(next).asReadOnlyBuffer());
      assertTrue(conversation.heldBytes() <= Math.max(PIECE, 2 * bytes.length));
    }
    conversation.inputEnded();
    line.frames();
    return line;
  }
}
