package org.acopio.remote;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One of every value that crosses the wire, the same in every run. */
final class Samples {
  static final Instant MODIFIED = Instant.parse("2019-07-14T08:15:30.123456789Z");
  static final Instant STORED = Instant.parse("2026-11-21T17:00:00Z");
  static final Sha256 DIGEST = Sha256.of(Sha256.start().digest(ascii("acopio")));
  static final FilePath PATH = FilePath.of("/home/rosa/Fotos/año 2019/playa.jpg");

  /** A name as some PC has it that knows nothing of UTF-8. */
  static final FilePath LATIN_PATH =
      FilePath.of(new byte[] {'C', ':', '/', 'a', (byte) 0xf1, 'o', '/', 0, '\n', '.', 'p', 'd'});

  static final Receipt RECEIPT =
      new Receipt(71, DIGEST, 49_202, 2, "192.0.2.17/home/rosa/playa%v2.jpg", STORED);

  private Samples() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static Block block(int part, String bytes) {
    return Block.of(0x0102030405060708L, part, 4_096, ByteBuffer.wrap(ascii(bytes)));
  }

  static Batch<FileOffer> offers() {
    return Batch.ofOffers(
        List.of(
            new FileOffer(PATH, 49_202, MODIFIED, "image/jpeg", Optional.of(DIGEST)),
            new FileOffer(LATIN_PATH, 0, Instant.EPOCH, "", Optional.empty())));
  }

  static Batch<Verdict> verdicts() {
    return Batch.ofVerdicts(
        List.of(
            new Verdict.Have(RECEIPT),
            new Verdict.Send(
                0x7fff_ffff_ffff_fff0L,
                List.of(new Range(0, 12_300), new Range(36_901, 49_202)),
                true),
            new Verdict.Send(1, List.of(), false),
            new Refused(Refused.Reason.TOO_LARGE, "the file has 5 bytes; up to 4 are taken")));
  }

  static Batch<Block> blocks() {
    return Batch.ofBlocks(
        List.of(
            block(0, "first"),
            block(3, ""),
            new Block(-1, -5, Long.MIN_VALUE, 0xdeadbeef, ByteBuffer.wrap(ascii("not intact")))));
  }

  static Batch<BlockReply> blockReplies() {
    return Batch.ofBlockReplies(
        List.of(
            BlockReply.ACCEPTED,
            new BlockReply(BlockReply.Outcome.CORRUPT, "send it again"),
            new BlockReply(BlockReply.Outcome.STORE_FULL, "¡sin sitio! 写真")));
  }

  static Batch<FileDigest> digests() {
    return Batch.ofDigests(
        List.of(
            new FileDigest(9, DIGEST, new int[] {1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})));
  }

  static Batch<Completion> completions() {
    return Batch.ofCompletions(
        List.of(
            new Completion.Stored(RECEIPT),
            new Completion.Corrupt(Set.of(3, 0)),
            new Completion.Changed(Set.of(1, 2)),
            new Completion.Incomplete(List.of(new Range(5, 6))),
            new Refused(Refused.Reason.NOT_MEDIA, "")));
  }

  static Batch<StoredFile> storedFiles() {
    return Batch.ofStoredFiles(List.of(new StoredFile(PATH, MODIFIED, "image/jpeg", RECEIPT)));
  }

  static Map<String, Batch<?>> batches() {
    Map<String, Batch<?>> batches = new LinkedHashMap<>();
    batches.put("batch-offers", offers());
    batches.put("batch-verdicts", verdicts());
    batches.put("batch-blocks", blocks());
    batches.put("batch-block-replies", blockReplies());
    batches.put("batch-digests", digests());
    batches.put("batch-completions", completions());
    batches.put("batch-stored-files", storedFiles());
    return batches;
  }

  /** Everything that is serialised by itself, by the name of its golden file. */
  static Map<String, Serializable> serializables() {
    Map<String, Serializable> values = new LinkedHashMap<>();
    values.put("hello", new Hello(1, new byte[Hello.KEY_BYTES], "0.1.0", "PC-ROSA"));
    values.put("server-info", new ServerInfo("0.1.0", 1, "store", STORED));
    values.put(
        "ticket",
        new Ticket(
            "0123456789abcdef",
            "store",
            "192.0.2.17",
            1 << 20,
            1 << 22,
            1_000,
            16,
            Duration.ofMinutes(10)));
    values.put(
        "collection-summary",
        new CollectionSummary(1, 2, 3, 4, 5, 6, Duration.ofSeconds(7, 8_000_000)));
    values.put("sha-256", DIGEST);
    values.put("file-path", PATH);
    values.put("parity", Parity.ODD);
    values.put(
        "collector-exception",
        untraced(new CollectorException(CollectorException.Code.TOO_MUCH, "1,001 items")));
    values.put(
        "parity-exception",
        untraced(new ParityException(ParityException.Reason.EMPTY, "there is no digit")));
    values.putAll(batches());
    return values;
  }

  /** Line numbers of a test are no part of the wire format. */
  private static <E extends Exception> E untraced(E exception) {
    exception.setStackTrace(new StackTraceElement[0]);
    return exception;
  }
}
