package org.acopio.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;

/** One open collection: whose it is, what it has done, and when it was used last. Thread-safe. */
final class OpenCollection {
  private static final int REMEMBERED_RECEIPTS = 20_000;

  final String ticket;
  final String address;
  final Sha256 agentId;
  final long agent;
  final long client;
  final long row;
  final Instant openedAt;
  final Semaphore lanes;
  final LongAdder stored = new LongAdder();
  final LongAdder storedBytes = new LongAdder();
  final LongAdder had = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder receivedBytes = new LongAdder();

  /** What its agent said it has. */
  final OpenClaims claims = new OpenClaims();

  /** Uploads that this collection has touched and that have no receipt. */
  final Set<Long> openUploads = ConcurrentHashMap.newKeySet();

  private final Map<Long, Receipt> receipts =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Receipt> eldest) {
              return size() > REMEMBERED_RECEIPTS;
            }
          });
  private volatile long usedNanos;

  OpenCollection(
      String ticket,
      String address,
      Sha256 agentId,
      long agent,
      long client,
      long row,
      Instant openedAt,
      int lanes) {
    this.ticket = ticket;
    this.address = address;
    this.agentId = agentId;
    this.agent = agent;
    this.client = client;
    this.row = row;
    this.openedAt = openedAt;
    this.lanes = new Semaphore(lanes, true);
    touch();
  }

  void touch() {
    usedNanos = System.nanoTime();
  }

  boolean idleFor(Duration limit) {
    return System.nanoTime() - usedNanos > limit.toNanos();
  }

  /** Keeps a receipt, so that the same block or digest sent again gets the same answer. */
  void remember(long upload, Receipt receipt) {
    openUploads.remove(upload);
    receipts.put(upload, receipt);
  }

  Optional<Receipt> receipt(long upload) {
    return Optional.ofNullable(receipts.get(upload));
  }

  CollectionSummary summary(Instant now) {
    return new CollectionSummary(
        stored.sum(),
        storedBytes.sum(),
        had.sum(),
        refused.sum(),
        receivedBytes.sum(),
        openUploads.size(),
        Duration.between(openedAt, now));
  }
}
