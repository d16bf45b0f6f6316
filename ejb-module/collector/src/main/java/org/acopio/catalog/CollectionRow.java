package org.acopio.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.acopio.remote.CollectionSummary;
import org.jspecify.annotations.Nullable;

/** One run of an agent; without an end while it is open, or when it was never closed. */
@Entity
@Table(name = "collection")
class CollectionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "collection_number")
  @SequenceGenerator(
      name = "collection_number",
      sequenceName = "collection_number",
      allocationSize = 10)
  private long number;

  private long agent;
  private long client;

  @Column(name = "opened_seconds")
  private long openedSeconds;

  @Column(name = "opened_nanos")
  private int openedNanos;

  @Column(name = "closed_seconds")
  private @Nullable Long closedSeconds;

  @Column(name = "closed_nanos")
  private @Nullable Integer closedNanos;

  private @Nullable Long stored;

  @Column(name = "stored_bytes")
  private @Nullable Long storedBytes;

  private @Nullable Long had;
  private @Nullable Long refused;

  @Column(name = "received_bytes")
  private @Nullable Long receivedBytes;

  @Column(name = "left_open")
  private @Nullable Long leftOpen;

  @Column(name = "duration_seconds")
  private @Nullable Long durationSeconds;

  @Column(name = "duration_nanos")
  private @Nullable Integer durationNanos;

  /** For JPA. */
  protected CollectionRow() {}

  CollectionRow(long agent, long client, Instant openedAt) {
    this.agent = agent;
    this.client = client;
    openedSeconds = openedAt.getEpochSecond();
    openedNanos = openedAt.getNano();
  }

  void closed(Instant closedAt, CollectionSummary summary) {
    closedSeconds = closedAt.getEpochSecond();
    closedNanos = closedAt.getNano();
    stored = summary.stored();
    storedBytes = summary.storedBytes();
    had = summary.had();
    refused = summary.refused();
    receivedBytes = summary.receivedBytes();
    leftOpen = summary.open();
    durationSeconds = summary.duration().getSeconds();
    durationNanos = summary.duration().getNano();
  }

  long number() {
    return number;
  }
}
