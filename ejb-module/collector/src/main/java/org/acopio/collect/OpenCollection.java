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
import java.util.function.LongSupplier;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;

/** One open collection: whose it is, what it has done, and when it was used last. Thread-safe. */
final class OpenCollection {
  private static final int REMEMBERED_RECEIPTS = 20_000;

  final String ticket;
  final Owner owner;
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
  final Map<Long, FileWatch> open = new ConcurrentHashMap<>();

  final Activity activity;

  private final LongSupplier nanos;
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

  /** Who opened it, and from where. */
  record Owner(Peer peer, String hostName) {
    Owner {
      hostName = Chronicle.shown(hostName);
    }
  }

  OpenCollection(
      String ticket,
      Owner owner,
      Sha256 agentId,
      long agent,
      long client,
      long row,
      Instant openedAt,
      int lanes,
      LongSupplier nanos) {
    this.ticket = ticket;
    this.owner = owner;
    this.agentId = agentId;
    this.agent = agent;
    this.client = client;
    this.row = row;
    this.openedAt = openedAt;
    this.lanes = new Semaphore(lanes, true);
    this.nanos = nanos;
    this.activity = new Activity(nanos.getAsLong());
    touch();
  }

  /** The address of the client. */
  String address() {
    return owner.peer().address();
  }

  /** Whether a call comes from where this was opened, with the same certificate or none. */
  boolean isOf(Peer caller) {
    return address().equals(caller.address()) && owner.peer().agent().equals(caller.agent());
  }

  /** What the client's PC calls itself, for people. */
  String hostName() {
    return owner.hostName();
  }

  void touch() {
    usedNanos = nanos.getAsLong();
  }

  boolean idleFor(Duration limit) {
    return idleNanos() > limit.toNanos();
  }

  /** Since a call of it began or ended. */
  long idleNanos() {
    return nanos.getAsLong() - usedNanos;
  }

  /** Keeps a receipt, so that the same block or digest sent again gets the same answer. */
  void remember(long upload, Receipt receipt) {
    open.remove(upload);
    receipts.put(upload, receipt);
  }

  Optional<Receipt> receipt(long upload) {
    return Optional.ofNullable(receipts.get(upload));
  }

  /** What onlookers see of a file in flight; nothing when it was not begun here. */
  Optional<FileWatch> watch(long upload) {
    return Optional.ofNullable(open.get(upload));
  }

  /** Parts of a file are asked for again. */
  void again(long upload, Set<Integer> parts) {
    watch(upload).ifPresent(file -> file.again(parts));
  }

  /** Whether a file is being checked, synced and committed. */
  void storing(long upload, boolean now) {
    watch(upload).ifPresent(file -> file.storing(now));
  }

  CollectionSummary summary(Instant now) {
    return new CollectionSummary(
        stored.sum(),
        storedBytes.sum(),
        had.sum(),
        refused.sum(),
        receivedBytes.sum(),
        open.size(),
        Duration.between(openedAt, now));
  }
}
