package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final int HEAD = 6;

  static Stream<Named<Batch<?>>> batches() {
    return Samples.batches().entrySet().stream()
        .map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  // ------------------------------------------------------------ round trips

  @ParameterizedTest
  @MethodSource("batches")
  void everyKindSurvivesSerialization(Batch<?> batch) throws Exception {
    Batch<?> read = (Batch<?>) Streams.read(Streams.write(batch));
    assertEquals(batch.size(), read.size());
    for (int i = 0; i < batch.size(); i++) {
      assertSame(batch.items().get(i), read.items().get(i));
    }
    assertArrayEquals(batch.pack(), read.pack());
  }

  private static void assertSame(Object expected, Object found) {
    if (expected instanceof Block one && found instanceof Block other) {
      assertEquals(one.toString(), other.toString());
      assertEquals(one.crc32c(), other.crc32c());
      assertEquals(one.bytes(), other.bytes());
      assertEquals(one.intact(), other.intact());
    } else if (expected instanceof FileDigest one && found instanceof FileDigest other) {
      assertEquals(one.upload(), other.upload());
      assertEquals(one.digest(), other.digest());
      assertArrayEquals(one.partChecksums(), other.partChecksums());
    } else {
      assertEquals(expected, found);
    }
  }

  @Test
  void emptyBatchesOfEveryKindSurviveSerialization() throws Exception {
    List<Batch<?>> empty =
        List.of(
            Batch.ofOffers(List.of()),
            Batch.ofVerdicts(List.of()),
            Batch.ofBlocks(List.of()),
            Batch.ofBlockReplies(List.of()),
            Batch.ofDigests(List.of()),
            Batch.ofCompletions(List.of()),
            Batch.ofStoredFiles(List.of()));
    for (Batch<?> batch : empty) {
      assertEquals(List.of(), ((Batch<?>) Streams.read(Streams.write(batch))).items());
    }
  }

  @ParameterizedTest
  @EnumSource(Refused.Reason.class)
  void everyReasonArrivesAsItself(Refused.Reason reason) throws Exception {
    Refused refused = new Refused(reason, "why");
    assertEquals(List.of(refused), again(Batch.ofVerdicts(List.of(refused))).items());
    assertEquals(List.of(refused), again(Batch.ofCompletions(List.of(refused))).items());
  }

  @ParameterizedTest
  @EnumSource(BlockReply.Outcome.class)
  void everyOutcomeArrivesAsItself(BlockReply.Outcome outcome) throws Exception {
    BlockReply reply =
        outcome == BlockReply.Outcome.ACCEPTED
            ? BlockReply.ACCEPTED
            : new BlockReply(outcome, "why");
    assertEquals(List.of(reply), again(Batch.ofBlockReplies(List.of(reply))).items());
  }

  @Test
  void valuesAtTheirLimitsArrive() throws Exception {
    byte[] longest = new byte[FilePath.MAX_BYTES];
    Arrays.fill(longest, (byte) 0xff);
    FileOffer offer =
        new FileOffer(
            FilePath.of(longest),
            Parts.MAX_SIZE,
            Instant.MAX,
            "ñ".repeat(127),
            Optional.of(Samples.DIGEST));
    FileOffer least = new FileOffer(FilePath.of("x"), 0, Instant.MIN, "", Optional.empty());
    assertEquals(List.of(offer, least), again(Batch.ofOffers(List.of(offer, least))).items());
    BlockReply wordy = new BlockReply(BlockReply.Outcome.CORRUPT, "写".repeat(5_000));
    assertEquals(List.of(wordy), again(Batch.ofBlockReplies(List.of(wordy))).items());
    Refused refused = new Refused(Refused.Reason.OTHER, "写".repeat(5_000));
    assertEquals(List.of(refused), again(Batch.ofVerdicts(List.of(refused))).items());
    assertEquals(2_000, refused.detail().length());
  }

  @SuppressWarnings("unchecked")
  private static <T> Batch<T> again(Batch<T> batch) throws IOException, ClassNotFoundException {
    return (Batch<T>) Streams.read(Streams.write(batch));
  }

  @Test
  void batchOfManyBlocksIsOneArrayOnTheWire() {
    byte[] bytes = new byte[1_000];
    Block block = Block.of(1, 0, 0, ByteBuffer.wrap(bytes));
    byte[] stream = Streams.write(Batch.ofBlocks(Collections.nCopies(1_000, block)));
    assertTrue(stream.length < 1_000 * (bytes.length + 30) + 200, () -> "bytes: " + stream.length);
  }

  @Test
  void lengthOfALargeItemHasFourBytes() {
    byte[] bytes = new byte[(1 << 24) + (1 << 16) + 5];
    bytes[bytes.length - 1] = 9;
    Block block = Block.of(1, 0, 0, ByteBuffer.wrap(bytes));
    Batch<?> read = Batch.unpack(ByteBuffer.wrap(Batch.ofBlocks(List.of(block, block)).pack()));
    assertEquals(2, read.size());
    assertEquals(block.bytes(), ((Block) read.items().get(1)).bytes());
  }

  @Test
  void moreItemsThanTheLimitAreNotMade() {
    List<Verdict> many =
        Collections.nCopies(Batch.MAX_ITEMS + 1, new Verdict.Send(1, List.of(), false));
    assertThrows(IllegalArgumentException.class, () -> Batch.ofVerdicts(many));
    assertEquals(
        Batch.MAX_ITEMS, Batch.ofVerdicts(many.subList(0, Batch.MAX_ITEMS)).pack().length / 18);
  }

  @Test
  void laterChangesOfTheListDoNotReachTheBatch() {
    List<FileOffer> items = new ArrayList<>(Samples.offers().items());
    Batch<FileOffer> batch = Batch.ofOffers(items);
    items.clear();
    assertEquals(2, batch.size());
    assertThrows(UnsupportedOperationException.class, () -> batch.items().clear());
  }

  @Test
  void itemsOfAnotherKindAreRefused() {
    assertEquals(2, Samples.offers().items(FileOffer.class).size());
    assertThrows(IllegalArgumentException.class, () -> Samples.offers().items(FileDigest.class));
    assertThrows(IllegalArgumentException.class, () -> Samples.blocks().items(FileOffer.class));
  }

  // -------------------------------------------------------------- evolution

  @ParameterizedTest
  @MethodSource("batches")
  void fieldsThatALaterVersionAddsToItemsAreSkipped(Batch<?> batch) throws Exception {
    byte[] evolved = withTrailingFields(batch.pack());
    Batch<?> read = (Batch<?>) Streams.read(Streams.ofPacked(evolved));
    assertArrayEquals(batch.pack(), read.pack());
  }

  private static byte[] withTrailingFields(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    ByteBuffer out = ByteBuffer.allocate(packed.length * 2 + 64);
    out.put(in.get()).put(in.get()).putInt(in.getInt());
    while (in.hasRemaining()) {
      byte[] item = new byte[in.getInt()];
      in.get(item);
      out.putInt(item.length + 3).put(item).put(new byte[] {7, 8, 9});
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void codesThatALaterVersionAddsAreOther() throws Exception {
    byte[] refused = Batch.ofVerdicts(List.of(new Refused(Refused.Reason.OTHER, "new"))).pack();
    refused[HEAD + Integer.BYTES + 1] = 99;
    assertEquals(
        List.of(new Refused(Refused.Reason.OTHER, "new")),
        ((Batch<?>) Streams.read(Streams.ofPacked(refused))).items());
    byte[] reply =
        Batch.ofBlockReplies(List.of(new BlockReply(BlockReply.Outcome.OTHER, "new"))).pack();
    reply[HEAD + Integer.BYTES] = -99;
    assertEquals(
        List.of(new BlockReply(BlockReply.Outcome.OTHER, "new")),
        ((Batch<?>) Streams.read(Streams.ofPacked(reply))).items());
  }

  // ---------------------------------------------------------------- hostile

  @ParameterizedTest
  @MethodSource("batches")
  void batchThatEndsTooEarlyIsRefused(Batch<?> batch) {
    byte[] packed = batch.pack();
    for (int length = 0; length < packed.length; length++) {
      assertRefused(Arrays.copyOf(packed, length));
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void streamThatEndsTooEarlyFailsToRead(Batch<?> batch) {
    byte[] stream = Streams.write(batch);
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThrows(IOException.class, () -> Streams.read(cut));
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void bytesThatLieAreReadAsABatchOrRefused(Batch<?> batch) {
    byte[] packed = batch.pack();
    for (int at = 0; at < packed.length; at++) {
      for (int lie : new int[] {0x00, 0x01, 0x7f, 0x80, 0xff}) {
        byte[] forged = packed.clone();
        forged[at] = (byte) lie;
        assertReadOrRefused(forged);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void intsThatLieAreReadAsABatchOrRefused(Batch<?> batch) {
    byte[] packed = batch.pack();
    for (int at = 0; at + Integer.BYTES <= packed.length; at++) {
      for (int lie : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 65_536, 1 << 24}) {
        byte[] forged = packed.clone();
        ByteBuffer.wrap(forged).putInt(at, lie);
        assertReadOrRefused(forged);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noiseIsReadAsABatchOrRefused(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length >= HEAD) {
        ByteBuffer.wrap(noise)
            .put((byte) 1)
            .put((byte) (1 + random.nextInt(7)))
            .putInt(1 + random.nextInt(4));
      }
      assertReadOrRefused(noise);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -1, 127})
  void unknownVersionIsRefusedByItsNumber(int version) {
    byte[] packed = Samples.offers().pack();
    packed[0] = (byte) version;
    assertTrue(assertRefused(packed).contains("version " + version));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, -1, 127})
  void unknownKindIsRefusedByItsNumber(int kind) {
    byte[] packed = Samples.offers().pack();
    packed[1] = (byte) kind;
    assertTrue(assertRefused(packed).contains("kind " + kind));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, -1, 127})
  void unknownTagsOfAnswersAreRefusedByTheirNumber(int tag) {
    byte[] verdict = Samples.verdicts().pack();
    verdict[HEAD + Integer.BYTES] = (byte) tag;
    assertTrue(assertRefused(verdict).contains("verdict " + tag));
    byte[] completion = Samples.completions().pack();
    completion[HEAD + Integer.BYTES] = (byte) tag;
    assertTrue(assertRefused(completion).contains("completion " + tag));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Batch.MAX_ITEMS + 1, Integer.MAX_VALUE, 30})
  void declaredCountsTakeNoMemory(int count) {
    byte[] packed = Samples.offers().pack();
    ByteBuffer.wrap(packed).putInt(2, count);
    assertRefused(packed);
  }

  @Test
  void countThatPromisesMoreThanTheLimitIsRefusedEvenWithTheBytes() {
    byte[] packed = new byte[HEAD + (Batch.MAX_ITEMS + 1) * Integer.BYTES];
    ByteBuffer.wrap(packed).put((byte) 1).put((byte) 3).putInt(Batch.MAX_ITEMS + 1);
    assertRefused(packed);
  }

  @Test
  void timesThatNoClockCanShowAreRefused() {
    for (long seconds : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Instant.MAX.getEpochSecond()}) {
      for (int nanos : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        byte[] packed =
            Batch.ofOffers(
                    List.of(
                        new FileOffer(FilePath.of("x"), 0, Instant.EPOCH, "", Optional.empty())))
                .pack();
        int time = HEAD + Integer.BYTES + Integer.BYTES + 1 + Long.BYTES;
        ByteBuffer.wrap(packed).putLong(time, seconds).putInt(time + Long.BYTES, nanos);
        if (seconds == Instant.MAX.getEpochSecond() && nanos < 0) {
          assertReadOrRefused(packed);
        } else {
          assertRefused(packed);
        }
      }
    }
  }

  @Test
  void batchWithoutBytesIsRefused() {
    byte[] stream = Streams.withoutArray(Streams.write(Samples.offers()));
    assertThrows(InvalidObjectException.class, () -> Streams.read(stream));
  }

  @Test
  void blocksOfAForgedLengthAreRefused() {
    byte[] packed = Batch.ofBlocks(List.of(Samples.block(0, "12345"))).pack();
    int length = packed.length - 5 - Integer.BYTES;
    for (int lie : new int[] {6, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] forged = packed.clone();
      ByteBuffer.wrap(forged).putInt(length, lie);
      assertRefused(forged);
    }
    ByteBuffer.wrap(packed).putInt(length, 4);
    assertFalse(((Block) Batch.unpack(ByteBuffer.wrap(packed)).items().get(0)).intact());
  }

  private static String assertRefused(byte[] packed) {
    assertThrows(IllegalArgumentException.class, () -> Batch.unpack(ByteBuffer.wrap(packed)));
    return assertThrows(InvalidObjectException.class, () -> Streams.read(Streams.ofPacked(packed)))
        .getMessage();
  }

  /** Any other exception than the refusal fails the test. */
  private static void assertReadOrRefused(byte[] packed) {
    try {
      assertTrue(Batch.unpack(ByteBuffer.wrap(packed)).size() <= packed.length);
    } catch (IllegalArgumentException refused) {
      assertFalse(refused.getMessage().isEmpty());
    }
  }
}
