package org.acopio.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An address that agents have collected from. */
@Entity
@Table(name = "client")
class ClientRow {
  static final int MAX_ADDRESS = 100;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "client_number")
  @SequenceGenerator(name = "client_number", sequenceName = "client_number", allocationSize = 10)
  private long number;

  private String address;

  @Column(name = "first_seen_seconds")
  private long firstSeenSeconds;

  @Column(name = "first_seen_nanos")
  private int firstSeenNanos;

  @Column(name = "last_seen_seconds")
  private long lastSeenSeconds;

  @Column(name = "last_seen_nanos")
  private int lastSeenNanos;

  /** For JPA. */
  protected ClientRow() {
    address = "";
  }

  ClientRow(String address, Instant seenAt) {
    this.address = address;
    firstSeenSeconds = seenAt.getEpochSecond();
    firstSeenNanos = seenAt.getNano();
  }

  void seen(Instant seenAt) {
    lastSeenSeconds = seenAt.getEpochSecond();
    lastSeenNanos = seenAt.getNano();
  }

  long number() {
    return number;
  }
}
