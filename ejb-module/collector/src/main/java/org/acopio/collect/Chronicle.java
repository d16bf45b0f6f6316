package org.acopio.collect;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.acopio.collect.Incident.Code;
import org.acopio.collect.Incidents.Subject;
import org.acopio.collect.Waiting.Reason;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.storage.Upload;

/**
 * Writes down what happens while collecting: in the collection, for the server as a whole and, when
 * something goes wrong, as an incident. Thread-safe; what happens often waits for nobody.
 */
final class Chronicle {
  final Incidents incidents = new Incidents();
  final Clock clock;
  final LongSupplier nanos;

  private final Today today;
  private final LongAdder collections = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();
  private final LongAdder had = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final LongAdder corruptBlocks = new LongAdder();

  Chronicle(Today today, Clock clock, LongSupplier nanos) {
    this.today = today;
    this.clock = clock;
    this.nanos = nanos;
  }

  Counts counts() {
    return new Counts(
        collections.sum(),
        receivedBytes.sum(),
        stored.sum(),
        storedBytes.sum(),
        had.sum(),
        refused.sum(),
        changed.sum(),
        corruptBlocks.sum());
  }

  Flow flow() {
    return new Flow(receivedBytes.sum(), stored.sum());
  }

  Arrivals arrivals() {
    return today.now();
  }

  // ------------------------------------------------------------- collections

  void opened() {
    collections.increment();
  }

  void notOpened(Peer peer, String hostName, String detail) {
    Subject subject = new Subject(0, peer.address(), shown(hostName));
    incidents.add(clock.instant(), subject, "", Code.TOO_MANY_COLLECTIONS, detail);
  }

  void expired(OpenCollection collection) {
    add(collection, "", Code.EXPIRED, "");
  }

  /** A whole call failed; the agent tries again. */
  void unavailable(OpenCollection collection, String detail) {
    collection.activity.failed(Reason.STORE_FAILED, nanos.getAsLong());
    add(collection, "", Code.UNAVAILABLE, detail);
  }

  // ------------------------------------------------------------------- bytes

  /** Blocks of one send were taken. */
  void received(OpenCollection collection, long bytes) {
    collection.receivedBytes.add(bytes);
    receivedBytes.add(bytes);
    collection.activity.succeeded();
  }

  void corruptBlock(OpenCollection collection, Upload upload, String detail) {
    corruptBlocks.increment();
    add(collection, upload, Code.CORRUPT_BLOCK, detail);
  }

  /** The disk did not take a block; the agent tries again. */
  void notWritten(OpenCollection collection, boolean full) {
    collection.activity.failed(full ? Reason.STORE_FULL : Reason.STORE_FAILED, nanos.getAsLong());
  }

  /** The disk failed what had arrived of a file; it is to be sent again from its beginning. */
  void setAside(OpenCollection collection, Upload upload, String detail) {
    collection.open.remove(upload.number());
    add(collection, ShownPath.of(upload.key().path()), Code.STORE_FAILED, detail);
  }

  // ------------------------------------------------------------------- files

  void begun(OpenCollection collection, Upload upload, long missingBytes) {
    FileWatch watch = new FileWatch(upload, clock.instant(), nanos.getAsLong());
    if (collection.open.putIfAbsent(upload.number(), watch) == null) {
      collection.activity.begun.increment();
      collection.activity.begunBytes.add(missingBytes);
    }
  }

  void stored(OpenCollection collection, Receipt receipt) {
    collection.stored.increment();
    collection.storedBytes.add(receipt.size());
    stored.increment();
    storedBytes.add(receipt.size());
    collection.activity.succeeded();
  }

  /** The catalog has a file that it did not have before. */
  void committed(Instant storedAt, String mediaType, long bytes) {
    today.add(storedAt, mediaType, bytes);
  }

  void had(OpenCollection collection) {
    collection.had.increment();
    had.increment();
  }

  /** A file is not taken. */
  Refused refused(OpenCollection collection, FilePath path, Refused refusal) {
    collection.refused.increment();
    refused.increment();
    return failed(collection, path, refusal);
  }

  /** A file is not taken now; the agent tries again. */
  Refused failed(OpenCollection collection, FilePath path, Refused refusal) {
    Code code = code(refusal.reason());
    if (code == Code.STORE_FULL || code == Code.STORE_FAILED) {
      notWritten(collection, code == Code.STORE_FULL);
    }
    add(collection, ShownPath.of(path), code, refusal.detail());
    return refusal;
  }

  void changed(OpenCollection collection, Upload upload, Set<Integer> parts) {
    collection.activity.changed.increment();
    changed.increment();
    collection.again(upload.number(), parts);
    add(collection, upload, Code.CHANGED, numbers(parts));
  }

  void damaged(OpenCollection collection, Upload upload, Set<Integer> parts) {
    collection.again(upload.number(), parts);
    add(collection, upload, Code.DAMAGED, numbers(parts));
  }

  /** As people count them. */
  private static String numbers(Set<Integer> parts) {
    StringBuilder numbers = new StringBuilder();
    parts.stream()
        .sorted()
        .forEach(part -> numbers.append(numbers.isEmpty() ? "" : ", ").append(part + 1));
    return numbers.toString();
  }

  private static Code code(Refused.Reason reason) {
    return switch (reason) {
      case NOT_MEDIA -> Code.NOT_MEDIA;
      case TOO_LARGE -> Code.TOO_LARGE;
      case STORE_FULL -> Code.STORE_FULL;
      default -> Code.STORE_FAILED;
    };
  }

  private void add(OpenCollection collection, Upload upload, Code code, String detail) {
    add(collection, ShownPath.of(upload.key().path()), code, detail);
  }

  private void add(OpenCollection collection, String path, Code code, String detail) {
    Subject subject = new Subject(collection.row, collection.address(), collection.hostName());
    incidents.add(clock.instant(), subject, path, code, detail);
  }

  static String shown(String hostName) {
    return ShownPath.beginning(hostName, 100);
  }
}
