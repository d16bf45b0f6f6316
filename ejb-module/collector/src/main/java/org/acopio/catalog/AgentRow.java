package org.acopio.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.acopio.remote.Sha256;

/** A PC's client, known by the digest of its key. */
@Entity
@Table(name = "agent")
class AgentRow {
  private static final int MAX_HOST_NAME = 255;
  private static final int MAX_VERSION = 100;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "agent_number")
  @SequenceGenerator(name = "agent_number", sequenceName = "agent_number", allocationSize = 10)
  private long number;

  private byte[] id;

  @Column(name = "host_name")
  private String hostName;

  private String version;

  @Column(name = "first_seen_seconds")
  private long firstSeenSeconds;

  @Column(name = "first_seen_nanos")
  private int firstSeenNanos;

  @Column(name = "last_seen_seconds")
  private long lastSeenSeconds;

  @Column(name = "last_seen_nanos")
  private int lastSeenNanos;

  /** For JPA. */
  protected AgentRow() {
    id = new byte[0];
    hostName = "";
    version = "";
  }

  AgentRow(Sha256 id, Instant seenAt) {
    this();
    this.id = id.bytes();
    firstSeenSeconds = seenAt.getEpochSecond();
    firstSeenNanos = seenAt.getNano();
  }

  void seen(String as, String running, Instant seenAt) {
    hostName = DisplayText.clean(as, MAX_HOST_NAME);
    version = DisplayText.clean(running, MAX_VERSION);
    lastSeenSeconds = seenAt.getEpochSecond();
    lastSeenNanos = seenAt.getNano();
  }

  long number() {
    return number;
  }
}
