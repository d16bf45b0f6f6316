package org.acopio.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.acopio.collect.Server;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.storage.Storage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol answers to good and to hostile bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationTest {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001);
  private static final int DESCRIBE = 1;
  private static final int OPEN = 2;
  private static final int CLOSE = 6;

  private Server server;
  private Ingest ingest;
  private long nanos;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = new Server(folder, Server.LIMITS);
    ingest = new Ingest(server.collector, Server.LIMITS, () -> nanos);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** A client that talks to a conversation of its own. */
  private final class Client {
    final Recorded line = new Recorded();
    final Conversation conversation = ingest.begin(CLIENT, line);

    Client send(byte[] bytes) {
      conversation.received(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      return this;
    }

    Client greet() {
      return send(FrameConnection.GREETING);
    }

    Frame last() {
      List<Frame> frames = line.frames();
      return frames.get(frames.size() - 1);
    }

    String ticket() {
      send(request(OPEN, 9, hello("PC")));
      return IngestClient.text(last().body());
    }
  }

  private static byte[] request(int type, int number, byte[] body) {
    return new Frame(type, number, ByteBuffer.wrap(body)).bytes().array();
  }

  private static byte[] hello(String host) {
    return new Body().int32(1).raw(new byte[Hello.KEY_BYTES]).text("test").text(host).bytes();
  }

  private static byte[] join(byte[]... pieces) {
    Body all = new Body();
    for (byte[] piece : pieces) {
      all.raw(piece);
    }
    return all.bytes();
  }

  private static void assertError(Fault fault, int request, Frame frame) {
    assertEquals(Frame.ERROR, frame.type());
    assertEquals(request, frame.request());
    ByteBuffer body = frame.body().duplicate();
    assertEquals(fault.code(), Byte.toUnsignedInt(body.get()));
    assertEquals(fault.retryable() ? 1 : 0, body.get());
    String text = IngestClient.text(body);
    assertTrue(text.length() > 20, text);
    assertFalse(body.hasRemaining());
  }

  private static void assertEnded(Fault fault, Client client) {
    assertError(fault, 0, client.last());
    assertTrue(client.line.closed());
    byte[] before = client.line.bytes();
    client.send(request(DESCRIBE, 1, new byte[0]));
    client.conversation.inputEnded();
    assertArrayEquals(before, client.line.bytes(), "nothing follows the last word");
    assertEquals(0, client.conversation.heldBytes());
  }

  private static String text(Frame error) {
    ByteBuffer body = error.body().duplicate();
    body.getShort();
    return IngestClient.text(body);
  }

  // ---------------------------------------------------------------- greeting

  @Test
  void greetingIsAnsweredWithTheVersionAndTheLongestFrame() {
    Client client = new Client().greet();
    ByteBuffer reply = ByteBuffer.wrap(client.line.bytes());
    byte[] magic = new byte[6];
    reply.get(magic);
    assertEquals("ACOPIO", new String(magic, StandardCharsets.US_ASCII));
    assertEquals(1, reply.get());
    assertEquals(0, reply.get());
    assertEquals(ingest.maxFrameBytes(), reply.getInt());
    assertFalse(reply.hasRemaining());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 255", "0, 255"})
  void clientOfManyVersionsGetsTheOneThatBothSpeak(int lowest, int highest) {
    Client client = new Client().send(greeting(lowest, highest));
    assertEquals(1, client.line.bytes()[6]);
    assertFalse(client.line.closed());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 2", "2, 255", "255, 0"})
  void clientOfOtherVersionsIsToldWhichOneThereIs(int lowest, int highest) {
    Client client = new Client().send(greeting(lowest, highest));
    assertEquals(0, client.line.bytes()[6]);
    assertTrue(text(client.last()).contains("version 1"), () -> text(client.last()));
    assertEnded(Fault.VERSION_MISMATCH, client);
  }

  private static byte[] greeting(int lowest, int highest) {
    return ("ACOPIO" + (char) lowest + (char) highest).getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "474554202f20485454502f312e310d0a, HTTP",
    "1603010200010001fc0303, TLS",
    "4a524d4900024b, RMI",
    "00000005, 0x00",
    "0a, 0x0a",
  })
  void whoSpeaksSomethingElseIsToldSo(String hex, String guess) {
    Client client = new Client().send(HexFormat.of().parseHex(hex));
    assertTrue(text(client.last()).contains(guess), () -> text(client.last()));
    assertEnded(Fault.NOT_ACOPIO, client);
  }

  @Test
  void greetingAndRequestsMayComeInOnePieceOrByteForByte() {
    byte[] all =
        join(
            FrameConnection.GREETING,
            request(DESCRIBE, 1, new byte[0]),
            request(77, 2, new byte[3]),
            request(DESCRIBE, 3, new byte[0]));
    Client atOnce = new Client().send(all);
    Client slowly = new Client();
    for (byte one : all) {
      slowly.send(new byte[] {one});
    }
    assertArrayEquals(atOnce.line.bytes(), slowly.line.bytes());
    assertEquals(List.of(1, 2, 3), atOnce.line.frames().stream().map(Frame::request).toList());
  }

  // ------------------------------------------------------------------ frames

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 1L << 31, (1L << 32) - 1, 1 << 27})
  void frameOfAnImpossibleLengthEndsTheConnectionBeforeItTakesMemory(long length) {
    Client client = new Client().greet();
    client.send(ByteBuffer.allocate(4).putInt((int) length).array());
    assertTrue(text(client.last()).contains(" " + length + " bytes"), () -> text(client.last()));
    assertTrue(text(client.last()).contains("" + ingest.maxFrameBytes()));
    assertEnded(Fault.FRAME_LENGTH, client);
  }

  @Test
  void announcedBytesTakeNoMemoryUntilTheyCome() {
    Client client = new Client().greet();
    client.send(ByteBuffer.allocate(4).putInt(ingest.maxFrameBytes()).array());
    client.send(new byte[1_000]);
    assertTrue(client.conversation.heldBytes() < 10_000);
  }

  @Test
  void longestFrameIsTakenAndItsMemoryGivenBack() {
    Client client = new Client().greet();
    byte[] frame = request(77, 1, new byte[ingest.maxFrameBytes() - Frame.HEAD_BYTES]);
    for (int at = 0; at < frame.length; at += 65_536) {
      client.send(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 65_536)));
      assertTrue(client.conversation.heldBytes() <= 2 * frame.length);
    }
    assertError(Fault.UNKNOWN_TYPE, 1, client.last());
    client.send(request(DESCRIBE, 2, new byte[0]));
    assertTrue(client.conversation.heldBytes() < 1_000);
  }

  @Test
  void requestNumberOfTheServerEndsTheConnection() {
    Client client = new Client().greet().send(request(DESCRIBE, 0, new byte[0]));
    assertEnded(Fault.MALFORMED, client);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 100, 129, 255})
  void requestThatALaterVersionAddsIsAnsweredWithAnError(int type) {
    Client client = new Client().greet().send(request(type, 5, new byte[] {1, 2, 3}));
    assertError(Fault.UNKNOWN_TYPE, 5, client.last());
    client.send(request(DESCRIBE, 6, new byte[0]));
    assertEquals(DESCRIBE + Frame.ANSWER, client.last().type());
  }

  @Test
  void bytesThatALaterVersionAddsToARequestAreIgnored() {
    Client client = new Client().greet();
    client.send(request(DESCRIBE, 1, new byte[100]));
    assertEquals(DESCRIBE + Frame.ANSWER, client.last().type());
    client.send(request(OPEN, 2, join(hello("PC"), new byte[] {1, 2})));
    String ticket = IngestClient.text(client.last().body());
    byte[] offers = Batch.ofOffers(List.of()).pack();
    client.send(request(3, 3, new Body().text(ticket).raw(offers).raw(new byte[7]).bytes()));
    assertEquals(3 + Frame.ANSWER, client.last().type());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void requestThatEndsTooEarlyIsAnsweredWithAnError(int type) {
    Client client = new Client().greet();
    byte[] ticket = new Body().text(client.ticket()).bytes();
    int shortest = type == 6 ? ticket.length - 1 : ticket.length;
    for (int length = 0; length <= shortest; length++) {
      client.send(request(type, 1, Arrays.copyOf(ticket, length)));
      assertError(Fault.MALFORMED, 1, client.last());
    }
    assertFalse(client.line.closed());
  }

  // ------------------------------------------------------------------ bodies

  @Test
  void partNumberFiveIsRefusedByName() {
    Client client = new Client().greet();
    String ticket = client.ticket();
    FileOffer offer =
        new FileOffer(
            FilePath.of("/five.jpg"), 1_000, Instant.EPOCH, "image/jpeg", Optional.empty());
    client.send(batch(3, ticket, Batch.ofOffers(List.of(offer))));
    org.acopio.remote.Verdict.Send send =
        (org.acopio.remote.Verdict.Send) Batch.unpack(client.last().body()).items().get(0);
    Block block = Block.of(send.upload(), 5, 0, ByteBuffer.allocate(4));
    client.send(batch(4, ticket, Batch.ofBlocks(List.of(block))));
    BlockReply reply = (BlockReply) Batch.unpack(client.last().body()).items().get(0);
    assertEquals(BlockReply.Outcome.OUTSIDE, reply.outcome());
    assertTrue(reply.detail().contains("part 5"), reply.detail());
  }

  private static byte[] batch(int type, String ticket, Batch<?> batch) {
    return request(type, 1, new Body().text(ticket).raw(batch.pack()).bytes());
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    Client client = new Client().greet();
    byte[] hello = hello("xx");
    hello[hello.length - 1] = (byte) 0xff;
    client.send(request(OPEN, 1, hello));
    assertError(Fault.MALFORMED, 1, client.last());
    assertTrue(text(client.last()).contains("UTF-8"));

    String ticket = client.ticket();
    FileOffer offer =
        new FileOffer(FilePath.of("/x"), 1, Instant.EPOCH, "image/jpeg", Optional.empty());
    byte[] offers = Batch.ofOffers(List.of(offer)).pack();
    offers[offers.length - 2] = (byte) 0xc0;
    client.send(request(3, 2, new Body().text(ticket).raw(offers).bytes()));
    assertError(Fault.MALFORMED, 2, client.last());
    assertTrue(text(client.last()).contains("UTF-8"));
    assertFalse(client.line.closed());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 65})
  void textThatDeclaresTooMuchIsRefused(int length) {
    Client client = new Client().greet();
    client.send(request(6, 1, new Body().int32(length).raw(new byte[100]).bytes()));
    assertError(Fault.MALFORMED, 1, client.last());
  }

  @Test
  void helloBeyondItsLimitsIsRefused() {
    Client client = new Client().greet().send(request(OPEN, 1, hello("x".repeat(256))));
    assertError(Fault.MALFORMED, 1, client.last());
    assertTrue(text(client.last()).contains("256"));
  }

  @Test
  void batchOfAnotherKindIsABadRequest() {
    Client client = new Client().greet();
    client.send(batch(3, client.ticket(), Batch.ofDigests(List.of())));
    assertError(Fault.BAD_REQUEST, 1, client.last());
  }

  @Test
  void lengthsInsideABatchTakeNoMemory() {
    Client client = new Client().greet();
    String ticket = client.ticket();
    for (int at = 0; at < 10; at++) {
      byte[] packed = Batch.ofBlocks(List.of(Block.of(1, 0, 0, ByteBuffer.allocate(8)))).pack();
      ByteBuffer.wrap(packed).putInt(at, Integer.MAX_VALUE);
      client.send(request(4, 1, new Body().text(ticket).raw(packed).bytes()));
      assertError(Fault.MALFORMED, 1, client.last());
    }
  }

  @Test
  void openAndEveryRequestWithATicketSayWhichCollectionTheConnectionBelongsTo() {
    Client first = new Client().greet();
    assertEquals(List.of(), first.line.tickets());
    String ticket = first.ticket();
    assertEquals(List.of(ticket), first.line.tickets());
    Client second = new Client().greet();
    second.send(batch(4, ticket, Batch.ofBlocks(List.of())));
    assertEquals(List.of(ticket), second.line.tickets());
  }

  @Test
  void failureOfTheServerIsToldAndTheConnectionGoesOn(@TempDir Path folder) {
    try (Server broken = new Server(folder, Server.LIMITS, ConversationTest::withoutWrites)) {
      Recorded line = new Recorded();
      Conversation conversation = new Ingest(broken.collector, Server.LIMITS).begin(CLIENT, line);
      conversation.received(ByteBuffer.wrap(FrameConnection.GREETING));
      conversation.received(ByteBuffer.wrap(request(OPEN, 1, hello("PC"))));
      String ticket = IngestClient.text(line.frames().get(0).body());
      conversation.received(ByteBuffer.wrap(batch(4, ticket, Batch.ofBlocks(List.of()))));
      assertError(Fault.FAILED, 1, line.frames().get(1));
      conversation.received(ByteBuffer.wrap(request(DESCRIBE, 2, new byte[0])));
      assertEquals(DESCRIBE + Frame.ANSWER, line.frames().get(2).type());
    }
  }

  private static Storage withoutWrites(Storage disk) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write")) {
                throw new IllegalStateException("broken on purpose");
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  // -------------------------------------------------------------- pipelining

  @Test
  void sixteenRequestsInOnePieceAreAnsweredInOrder() {
    Client client = new Client().greet();
    client.send(describes(Conversation.MAX_REQUESTS));
    List<Frame> frames = client.line.frames();
    for (int i = 0; i < Conversation.MAX_REQUESTS; i++) {
      assertEquals(i + 1, frames.get(i).request());
      assertEquals(DESCRIBE + Frame.ANSWER, frames.get(i).type());
    }
  }

  @Test
  void moreRequestsThanThatAreRefusedOneByOne() {
    Client client = new Client().greet();
    client.send(describes(Conversation.MAX_REQUESTS + 2));
    assertEquals(Conversation.MAX_REQUESTS + 2, client.line.frames().size());
    assertError(Fault.TOO_MANY_REQUESTS, Conversation.MAX_REQUESTS + 2, client.last());
    client.send(describes(1));
    assertEquals(DESCRIBE + Frame.ANSWER, client.last().type());
  }

  private static byte[] describes(int count) {
    return join(
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> request(DESCRIBE, number, new byte[0]))
            .toArray(byte[][]::new));
  }

  @Test
  void whoAsksForMuchAtOnceAndReadsNothingFillsNoMemory() {
    Client client = new Client().greet();
    String ticket = client.ticket();
    byte[] list = request(7, 1, new Body().text(ticket).int64(0).int32(1).bytes());
    client.send(join(list, list, list));
    List<Frame> frames = client.line.frames();
    assertEquals(7 + Frame.ANSWER, frames.get(frames.size() - 2).type());
    assertError(Fault.TOO_MANY_REQUESTS, 1, client.last());
  }

  // --------------------------------------------------------------- slow ones

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void whoSendsOneByteASecondIsRefusedAfterAMinute() {
    Client client = new Client();
    int sent = 0;
    while (!client.line.closed()) {
      client.send(new byte[] {(sent < 8 ? FrameConnection.GREETING[sent] : 0)});
      sent++;
      pass(1);
      if (sent == 8) {
        client.send(new byte[] {0, 0, 1, 0});
      }
      assertTrue(sent < 100);
    }
    assertTrue(sent > Pace.GRACE_SECONDS, "too early: " + sent);
    assertEnded(Fault.TOO_SLOW, client);
  }

  @Test
  void slowGreetingIsRefused() {
    Client client = new Client().send(new byte[] {'A'});
    pass(Pace.GRACE_SECONDS + 1);
    client.send(new byte[] {'C'});
    assertEquals(0, client.line.bytes()[6]);
    assertEnded(Fault.TOO_SLOW, client);
  }

  @Test
  void oneThousandBytesASecondAreEnough() {
    Client client = new Client().greet();
    byte[] frame = request(77, 1, new byte[500_000]);
    for (int at = 0; at < frame.length; at += Pace.BYTES_PER_SECOND) {
      client.send(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 1_024)));
      pass(1);
    }
    assertError(Fault.UNKNOWN_TYPE, 1, client.last());
  }

  @Test
  void silenceBetweenFramesIsNotSlow() {
    Client client = new Client();
    pass(10_000);
    client.greet();
    pass(10_000);
    byte[] frame = request(DESCRIBE, 1, new byte[0]);
    client.send(Arrays.copyOf(frame, 3));
    pass(Pace.GRACE_SECONDS);
    client.send(Arrays.copyOfRange(frame, 3, frame.length));
    assertEquals(DESCRIBE + Frame.ANSWER, client.last().type());
  }

  @Test
  void timeThatTheServerTookDoesNotCount(@TempDir Path folder) {
    try (Server slow = new Server(folder, Server.LIMITS)) {
      Recorded line = new Recorded();
      Conversation[] conversation = new Conversation[1];
      Ingest stalling = new Ingest(slow.collector, Server.LIMITS, () -> nanos);
      conversation[0] =
          stalling.begin(
              CLIENT,
              new Line() {
                @Override
                public void send(ByteBuffer bytes) {
                  pass(1_000);
                  line.send(bytes);
                }

                @Override
                public void belongsTo(String ticket) {
                  line.belongsTo(ticket);
                }

                @Override
                public void close() {
                  line.close();
                }
              });
      byte[] next = request(DESCRIBE, 2, new byte[0]);
      conversation[0].received(
          ByteBuffer.wrap(
              join(
                  FrameConnection.GREETING,
                  request(DESCRIBE, 1, new byte[0]),
                  Arrays.copyOf(next, 3))));
      conversation[0].received(ByteBuffer.wrap(next, 3, next.length - 3));
      assertFalse(line.closed());
      assertEquals(2, line.frames().size());
    }
  }

  // --------------------------------------------------------------------- end

  @Test
  void inputThatEndsInTheMiddleIsTold() {
    Client greeting = new Client().send(new byte[] {'A', 'C'});
    greeting.conversation.inputEnded();
    assertEnded(Fault.CUT_SHORT, greeting);
    Client frame = new Client().greet().send(new byte[] {0, 0, 0, 9, 1});
    frame.conversation.inputEnded();
    assertEnded(Fault.CUT_SHORT, frame);
    assertTrue(text(frame.last()).contains("5 bytes"));
  }

  @Test
  void inputThatEndsBetweenFramesIsAnOrdinaryEnd() {
    Client client = new Client().greet().send(describes(1));
    byte[] before = client.line.bytes();
    client.conversation.inputEnded();
    assertArrayEquals(before, client.line.bytes());
  }

  // ------------------------------------------------------------------- words

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void everyRefusalOfTheCollectorHasItsCode(CollectorException.Code code) {
    assertEquals(code.name(), Fault.of(code).name());
    assertEquals(code.retryable(), Fault.of(code).retryable());
    assertEquals(code.ordinal() + 1, Fault.of(code).code());
  }

  @Test
  void longErrorTextIsCut() {
    assertEquals(2_000, text(Frame.error(1, Fault.FAILED, "x".repeat(5_000))).length());
  }

  @Test
  void folderIsTheAddressAsRmiWritesIt() throws Exception {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff0a000007");
    assertEquals("10.0.0.7", Ingest.folder(Inet6Address.getByAddress(null, mapped, -1)));
    byte[] local = HexFormat.of().parseHex("fe800000000000000000000000000001");
    assertEquals("fe80:0:0:0:0:0:0:1", Ingest.folder(Inet6Address.getByAddress(null, local, 3)));
    assertEquals("127.0.0.1", Ingest.folder(InetAddress.getByName("127.0.0.1")));
  }

  @Test
  void everyLineOfACollectionIsKnownByThePcThatOpenedIt() {
    Client first = new Client().greet();
    String ticket = first.ticket();
    assertEquals(List.of("PC"), first.line.owners());
    Client other = new Client().greet();
    byte[] close = new Body().text(ticket).bytes();
    other.send(request(CLOSE, 1, close)).send(request(CLOSE, 2, close));
    assertEquals(List.of("PC"), other.line.owners(), "said once");
  }
}
