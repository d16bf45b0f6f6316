package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.remote.Parts;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;

/**
 * A collector in memory that keeps the contract to the letter, and writes down every rule that its
 * caller breaks. One agent is enough for it.
 */
final class FakeCollector implements FileCollector {
  final Faults faults = new Faults();
  final Limits limits;

  /** Rules that the caller broke. */
  final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /** Who opened collections. */
  final Queue<Sha256> agents = new ConcurrentLinkedQueue<>();

  /** What it says that it speaks. */
  volatile int protocol = PROTOCOL;

  final AtomicLong receivedBytes = new AtomicLong();
  final AtomicLong repeatedBytes = new AtomicLong();
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger offers = new AtomicInteger();
  final AtomicInteger finishes = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger mostOpenFiles = new AtomicInteger();

  private final Supplier<FakeContent.Maker> contents;
  private final Set<String> tickets = ConcurrentHashMap.newKeySet();
  private final Map<FilePath, TreeMap<Integer, Receipt>> stored = new ConcurrentHashMap<>();
  private final Map<FilePath, FakeContent> storedContents = new ConcurrentHashMap<>();
  private final Map<Long, FakeUpload> uploads = new ConcurrentHashMap<>();
  private final Map<FilePath, FakeUpload> uploadsByPath = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  FakeCollector(Limits limits, FakeContent.Maker contents) {
    this.limits = limits;
    this.contents = () -> contents;
  }

  /** The limits that tickets get. */
  record Limits(int blockBytes, int sendBytes, int batchItems, int lanes, int openFiles) {
    static final Limits USUAL = new Limits(256 << 10, 1 << 20, 1000, 16, 100_000);
  }

  @Override
  public ServerInfo describe() {
    return new ServerInfo("0-fake", protocol, "store-1", Instant.now());
  }

  @Override
  public Ticket open(Hello hello) throws CollectorException {
    faults.onOpen();
    if (hello.protocol() != PROTOCOL) {
      throw new CollectorException(
          CollectorException.Code.VERSION_MISMATCH, "protocol 1 is spoken here");
    }
    agents.add(AgentKeys.id(hello.agentKey()));
    String id = "ticket-" + opened.incrementAndGet();
    tickets.add(id);
    return new Ticket(
        id,
        "store-1",
        "127.0.0.1",
        limits.blockBytes,
        limits.sendBytes,
        limits.batchItems,
        limits.lanes,
        Duration.ofMinutes(10));
  }

  /** Every open ticket is unknown from now on. */
  void expireTickets() {
    tickets.clear();
  }

  private void check(String ticket, int items) throws CollectorException {
    if (!tickets.contains(ticket)) {
      throw new CollectorException(CollectorException.Code.TICKET_UNKNOWN, "open another ticket");
    }
    if (items > limits.batchItems) {
      violations.add(items + " items in a batch");
      throw new CollectorException(CollectorException.Code.TOO_MUCH, "too many items");
    }
  }

  @Override
  public Batch<Verdict> offer(String ticket, Batch<FileOffer> files) throws CollectorException {
    offers.incrementAndGet();
    faults.onOffer();
    check(ticket, files.size());
    List<Verdict> verdicts = new ArrayList<>();
    Set<FilePath> seen = new HashSet<>();
    for (FileOffer offer : files.items(FileOffer.class)) {
      if (!seen.add(offer.path())) {
        violations.add("one file twice in one offer: " + offer.path());
      }
      verdicts.add(faults.verdict(offer).orElseGet(() -> verdict(offer)));
    }
    return Batch.ofVerdicts(verdicts);
  }

  private synchronized Verdict verdict(FileOffer offer) {
    TreeMap<Integer, Receipt> versions = stored.getOrDefault(offer.path(), new TreeMap<>());
    Optional<Receipt> had =
        versions.values().stream()
            .filter(
                receipt ->
                    receipt.size() == offer.size()
                        && offer.digest().equals(Optional.of(receipt.digest())))
            .findAny();
    if (had.isPresent()) {
      return new Verdict.Have(had.get());
    }
    boolean known = versions.values().stream().anyMatch(r -> r.size() == offer.size());
    FakeUpload upload = uploadsByPath.get(offer.path());
    if (upload == null
        || upload.size != offer.size()
        || !upload.offer.modified().equals(offer.modified())) {
      if (uploads.size() >= limits.openFiles) {
        return new Refused(Refused.Reason.TOO_MANY_OPEN, "finish some first");
      }
      if (upload != null) {
        uploads.remove(upload.number);
      }
      upload =
          new FakeUpload(
              numbers.incrementAndGet(), offer, contents.get().make(offer.path(), offer.size()));
      uploads.put(upload.number, upload);
      uploadsByPath.put(offer.path(), upload);
      mostOpenFiles.accumulateAndGet(uploads.size(), Math::max);
    }
    return new Verdict.Send(upload.number, upload.missing(), known);
  }

  @Override
  public Batch<BlockReply> write(String ticket, Batch<Block> blocks) throws CollectorException {
    int number = writes.incrementAndGet();
    faults.onWrite(number);
    check(ticket, blocks.size());
    List<Block> items = blocks.items(Block.class);
    long bytes = 0;
    Map<Long, Integer> parts = new HashMap<>();
    for (Block block : items) {
      bytes += block.length();
      Integer other = parts.putIfAbsent(block.upload(), block.part());
      if (other != null && other != block.part()) {
        violations.add("two parts of one file in one send: " + block);
        throw new CollectorException(CollectorException.Code.BAD_REQUEST, "two parts of a file");
      }
    }
    if (bytes > limits.sendBytes) {
      violations.add(bytes + " bytes in one send");
      throw new CollectorException(CollectorException.Code.TOO_MUCH, "too many bytes");
    }
    List<BlockReply> replies = new ArrayList<>();
    for (Block block : items) {
      replies.add(faults.reply(block).orElseGet(() -> write(block)));
    }
    faults.afterWrite(number);
    return Batch.ofBlockReplies(replies);
  }

  private BlockReply write(Block block) {
    FakeUpload upload = uploads.get(block.upload());
    if (upload == null) {
      return new BlockReply(BlockReply.Outcome.UNKNOWN_UPLOAD, "offer it again");
    }
    if (!block.intact()) {
      violations.add("damaged: " + block);
      return new BlockReply(BlockReply.Outcome.CORRUPT, "send it again");
    }
    if (block.length() == 0
        || block.length() > limits.blockBytes
        || block.offset() < 0
        || block.offset() + block.length() > Parts.length(block.part(), upload.size)) {
      violations.add("outside its part or of a forbidden length: " + block);
      return new BlockReply(BlockReply.Outcome.OUTSIDE, "never send it again");
    }
    long at = Parts.start(block.part(), upload.size) + block.offset();
    long fresh = upload.write(at, block.bytes());
    receivedBytes.addAndGet(block.length());
    repeatedBytes.addAndGet(block.length() - fresh);
    return BlockReply.ACCEPTED;
  }

  @Override
  public Batch<Completion> finish(String ticket, Batch<FileDigest> files)
      throws CollectorException {
    finishes.incrementAndGet();
    faults.onFinish();
    check(ticket, files.size());
    List<Completion> completions = new ArrayList<>();
    for (FileDigest claim : files.items(FileDigest.class)) {
      completions.add(complete(claim));
    }
    faults.afterFinish();
    return Batch.ofCompletions(completions);
  }

  /** One after the other: the call of a lost link may still be at work beside the next one's. */
  private synchronized Completion complete(FileDigest claim) {
    FakeUpload upload = uploads.get(claim.upload());
    if (upload == null) {
      return new Refused(Refused.Reason.UNKNOWN_UPLOAD, "offer it again");
    }
    return faults.completion(upload.offer).orElseGet(() -> complete(upload, claim));
  }

  private Completion complete(FakeUpload upload, FileDigest claim) {
    if (!upload.missing().isEmpty()) {
      return new Completion.Incomplete(upload.missing());
    }
    Set<Integer> differing = upload.differing(claim.partChecksums());
    if (!upload.content.digest().equals(claim.digest()) || !differing.isEmpty()) {
      return new Completion.Changed(differing.isEmpty() ? Set.of(0, 1, 2, 3) : differing);
    }
    uploads.remove(upload.number);
    uploadsByPath.remove(upload.offer.path());
    TreeMap<Integer, Receipt> versions =
        stored.computeIfAbsent(upload.offer.path(), path -> new TreeMap<>());
    int version = versions.size() + 1;
    Receipt receipt =
        new Receipt(
            numbers.incrementAndGet(),
            claim.digest(),
            upload.size,
            version,
            "127.0.0.1/" + upload.offer.path(),
            Instant.now());
    versions.put(version, receipt);
    storedContents.put(upload.offer.path(), upload.content);
    return new Completion.Stored(receipt);
  }

  /** The content that was stored last under a path. */
  Optional<byte[]> content(FilePath path) {
    return Optional.ofNullable(storedContents.get(path)).map(FakeContent::bytes);
  }

  /** How many versions of a path there are. */
  int versions(FilePath path) {
    return stored.getOrDefault(path, new TreeMap<>()).size();
  }

  int storedFiles() {
    return stored.size();
  }

  /** Loses a part's bytes, as a damaged disk does. */
  synchronized void lose(FilePath path, int part) {
    uploadsByPath.get(path).lose(part);
  }

  /** Stores the first bytes of a file as if another run had sent them. */
  synchronized void begin(FileOffer offer, byte[] content, long from, long to) {
    Verdict.Send send = (Verdict.Send) verdict(offer);
    uploads.get(send.upload()).write(from, ByteBuffer.wrap(content, (int) from, (int) (to - from)));
  }

  @Override
  public CollectionSummary close(String ticket) throws CollectorException {
    if (!tickets.remove(ticket)) {
      throw new CollectorException(CollectorException.Code.TICKET_UNKNOWN, "closed already");
    }
    closed.incrementAndGet();
    return new CollectionSummary(0, 0, 0, 0, 0, 0, Duration.ZERO);
  }

  @Override
  public Batch<StoredFile> list(String ticket, long after, int limit) {
    throw new UnsupportedOperationException("not what an agent that sends asks for");
  }

  @Override
  public byte[] read(String ticket, long file, long offset, int length) {
    throw new UnsupportedOperationException("not what an agent that sends asks for");
  }

  static Sha256 sha256(byte[] content) {
    var digest = Sha256.start();
    digest.update(content);
    return Sha256.finish(digest);
  }
}
