package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InvalidObjectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  void digestsAreComparedByValueAndKeepTheirOwnBytes() {
    byte[] bytes = Samples.DIGEST.bytes();
    Sha256 copy = Sha256.of(bytes);
    bytes[0]++;
    copy.bytes()[1]++;
    assertEquals(Samples.DIGEST, copy);
    assertEquals(Samples.DIGEST.hashCode(), copy.hashCode());
    assertNotEquals(Samples.DIGEST, Sha256.of(bytes));
    assertEquals(Samples.DIGEST, Sha256.parse(Samples.DIGEST.toString()));
    assertEquals(0, copy.compareTo(Samples.DIGEST));
  }

  @Test
  void digestOfNothingIsTheOneOfTheStandard() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Sha256.finish(Sha256.start()).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void digestsOfAnotherLengthAreNotReceived(int length) {
    byte[] stream = Streams.withArray(Streams.write(Samples.DIGEST), new byte[length]);
    assertThrows(InvalidObjectException.class, () -> Streams.read(stream));
  }

  @Test
  void valuesWithoutTheirBytesAreNotReceived() {
    for (Object value :
        List.of(Samples.DIGEST, Samples.PATH, Samples.serializables().get("hello"))) {
      byte[] stream = Streams.withoutArray(Streams.write(value));
      assertThrows(InvalidObjectException.class, () -> Streams.read(stream), value::toString);
    }
  }

  @Test
  void pathsOutsideTheLimitsAreNeitherMadeNorReceived() {
    assertThrows(IllegalArgumentException.class, () -> FilePath.of(""));
    byte[] tooLong = new byte[FilePath.MAX_BYTES + 1];
    assertThrows(IllegalArgumentException.class, () -> FilePath.of(tooLong));
    byte[] path = Streams.write(Samples.PATH);
    for (byte[] bytes : List.of(new byte[0], tooLong)) {
      byte[] forged = Streams.withArray(path, bytes);
      assertThrows(InvalidObjectException.class, () -> Streams.read(forged));
    }
  }

  @Test
  void pathsAreTheirBytesWhateverTheyMean() {
    byte[] composed = {'\u0061', (byte) 0xc3, (byte) 0xb1};
    byte[] decomposed = {'a', 'n', (byte) 0xcc, (byte) 0x83};
    assertNotEquals(FilePath.of(composed), FilePath.of(decomposed));
    FilePath path = FilePath.of(composed);
    path.bytes()[0] = 'b';
    composed[0] = 'b';
    assertEquals(FilePath.of("a\u00f1"), path);
    assertTrue(FilePath.of(new byte[] {(byte) 0xff}).compareTo(FilePath.of("a")) > 0);
  }

  @Test
  void keysOfAnotherLengthAreNeitherMadeNorReceived() {
    assertThrows(
        IllegalArgumentException.class, () -> new Hello(1, new byte[31], "0.1.0", "PC-ROSA"));
    byte[] hello = Streams.write(Samples.serializables().get("hello"));
    byte[] forged = Streams.withArray(hello, new byte[33]);
    assertThrows(InvalidObjectException.class, () -> Streams.read(forged));
  }

  @Test
  void secretsAreNotShown() {
    Hello hello = new Hello(1, Samples.ascii("0123456789abcdef0123456789abcdef"), "v", "h");
    assertFalse(hello.toString().contains("agentKey"));
    assertFalse(Samples.serializables().get("ticket").toString().contains("0123456789abcdef"));
  }

  @Test
  void namesForPeopleAreBounded() {
    byte[] key = new byte[Hello.KEY_BYTES];
    assertThrows(IllegalArgumentException.class, () -> new Hello(1, key, "v".repeat(101), "h"));
    assertThrows(IllegalArgumentException.class, () -> new Hello(1, key, "v", "h".repeat(256)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ServerInfo("v".repeat(101), 1, "s", Instant.EPOCH));
  }

  @Test
  void ticketsBelowTheirMinimumAreNotMade() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ticket("t", "s", "f", 0, 1, 1, 1, Duration.ofMinutes(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ticket("t", "s", "f", 2, 1, 1, 1, Duration.ofMinutes(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ticket("t", "s", "f", 1, 1, 0, 1, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Parts.MAX_SIZE + 1, Long.MIN_VALUE})
  void offersOfAnImpossibleSizeAreNotMade(long size) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new FileOffer(Samples.PATH, size, Instant.EPOCH, "", Optional.empty()));
  }

  @Test
  void emptyAndNegativeRangesAreNotMade() {
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Range(5, 4));
    assertThrows(IllegalArgumentException.class, () -> new Range(-1, 4));
    assertEquals(3, new Range(1, 4).length());
  }

  @Test
  void blockKnowsWhetherItsChecksumIsItsOwn() {
    // RFC 3720 appendix B.4: 32 bytes of zeros.
    assertEquals(0x8a9136aa, Block.checksum(ByteBuffer.allocate(32)));
    assertTrue(Block.of(1, 0, 0, ByteBuffer.allocate(32)).intact());
    assertFalse(new Block(1, 0, 0, 1, ByteBuffer.allocate(32)).intact());
  }

  @Test
  void blockLeavesTheBufferOfTheCallerWhereItIs() {
    ByteBuffer bytes = ByteBuffer.wrap(Samples.ascii("0123456789")).position(2).limit(6);
    Block block = Block.of(1, 0, 0, bytes);
    block.bytes().get();
    assertEquals(2, bytes.position());
    assertEquals(4, block.length());
    assertEquals(ByteBuffer.wrap(Samples.ascii("2345")), block.bytes());
  }

  @Test
  void checksumsOfADigestAreItsOwn() {
    int[] checksums = {1, 2, 3, 4};
    FileDigest claim = new FileDigest(1, Samples.DIGEST, checksums);
    checksums[0] = 9;
    claim.partChecksums()[1] = 9;
    assertArrayEquals(new int[] {1, 2, 3, 4}, claim.partChecksums());
    assertThrows(
        IllegalArgumentException.class, () -> new FileDigest(1, Samples.DIGEST, new int[3]));
  }

  @Test
  void partsThatDoNotExistCannotBeNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Completion.Corrupt(Set.of(4)));
    assertThrows(IllegalArgumentException.class, () -> new Completion.Changed(Set.of(-1)));
    assertEquals(List.of(0, 3), List.copyOf(new Completion.Corrupt(Set.of(3, 0)).parts()));
  }

  @Test
  void whatMayBeTriedAgainIsTold() {
    assertEquals(
        Set.of(
            Refused.Reason.STORE_FULL,
            Refused.Reason.STORE_FAILED,
            Refused.Reason.TOO_MANY_OPEN,
            Refused.Reason.UNKNOWN_UPLOAD),
        only(Refused.Reason.values(), Refused.Reason::retryable));
    assertEquals(
        Set.of(
            BlockReply.Outcome.CORRUPT,
            BlockReply.Outcome.STORE_FULL,
            BlockReply.Outcome.STORE_FAILED),
        only(BlockReply.Outcome.values(), BlockReply.Outcome::retryable));
    assertEquals(
        Set.of(
            CollectorException.Code.TICKET_UNKNOWN,
            CollectorException.Code.TOO_MANY_COLLECTIONS,
            CollectorException.Code.UNAVAILABLE,
            CollectorException.Code.STOPPING),
        only(CollectorException.Code.values(), CollectorException.Code::retryable));
  }

  private static <T> Set<T> only(T[] all, Predicate<T> wanted) {
    return Stream.of(all).filter(wanted).collect(Collectors.toSet());
  }

  @Test
  void refusalsSayWhyToPrograms() {
    assertEquals(
        CollectorException.Code.TOO_MUCH,
        new CollectorException(CollectorException.Code.TOO_MUCH, "x").code());
    assertEquals(
        ParityException.Reason.EMPTY,
        new ParityException(ParityException.Reason.EMPTY, "x").reason());
    assertEquals(
        Set.of("Par", "Impar"),
        Stream.of(Parity.values()).map(Parity::word).collect(Collectors.toSet()));
  }

  @Test
  void detailsAreCutAndNotBefore() {
    String longest = "x".repeat(2_000);
    assertEquals(longest, new Refused(Refused.Reason.OTHER, longest).detail());
    assertEquals(longest, new Refused(Refused.Reason.OTHER, longest + "y").detail());
    assertEquals(longest, new BlockReply(BlockReply.Outcome.OTHER, longest).detail());
    assertEquals(longest, new BlockReply(BlockReply.Outcome.OTHER, longest + "y").detail());
  }

  @Test
  void blockSaysWhereItBelongs() {
    Block block = new Block(7, 2, 30, 99, ByteBuffer.allocate(5));
    assertEquals(7, block.upload());
    assertEquals(2, block.part());
    assertEquals(30, block.offset());
    assertEquals(99, block.crc32c());
    assertEquals("Block[upload=7, part=2, offset=30, length=5]", block.toString());
  }

  /** As part 0 its bytes would go where they do not belong. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, Integer.MAX_VALUE, Integer.MIN_VALUE, -129})
  void partThatWouldTravelAsAnotherCannotBeMade(int part) {
    ByteBuffer bytes = ByteBuffer.allocate(1);
    assertThrows(IllegalArgumentException.class, () -> Block.of(7, part, 0, bytes));
  }

  @Test
  void ticketsAtTheirMinimumAreMade() {
    Ticket ticket = new Ticket("secret", "s", "192.0.2.7", 1, 1, 1, 1, Duration.ofMinutes(1));
    assertEquals("Ticket[folder=192.0.2.7, storeId=s]", ticket.toString());
  }

  @Test
  void valuesAreShownToPeople() {
    byte[] key = Samples.ascii("0123456789abcdef0123456789abcdef");
    Hello hello = new Hello(1, key, "0.1.0", "PC-ROSA");
    assertArrayEquals(key, hello.agentKey());
    assertEquals("Hello[protocol=1, agentVersion=0.1.0]", hello.toString());
    FilePath path = FilePath.of("/fotos/ni\u00f1o.jpg");
    assertEquals("/fotos/ni\u00f1o.jpg", path.toString());
    assertEquals(16, path.length());
  }

  @Test
  void digestsAreOrderedByTheirUnsignedBytes() {
    Sha256 low = Sha256.parse("7f" + "00".repeat(31));
    Sha256 high = Sha256.parse("80" + "00".repeat(31));
    assertTrue(low.compareTo(high) < 0);
    assertTrue(high.compareTo(low) > 0);
  }
}
