package org.acopio.launch.http;

import java.net.InetAddress;
import java.time.Duration;

/**
 * One connection to an HTTP port: what it is expected to send, and since when. Times are of {@link
 * System#nanoTime}. Thread-safe.
 *
 * <pre>
 * HEAD ──▶ BODY ──▶ ANSWER ──▶ IDLE ──▶ HEAD …
 *   └───────┴──────────┴──▶ UPGRADED
 * </pre>
 */
final class Visit {
  /** As a frame of ingest: a minute to arrive, and a second more for each 1,024 bytes of it. */
  private static final long BODY_NANOS = Duration.ofMinutes(1).toNanos();

  private static final long BODY_NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / 1_024;

  /** The console asks each WebSocket for a sign of life every 15 s, which browsers answer. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(40).toNanos();

  private enum State {
    /** The head of a request is awaited, or on its way; so is the handshake of TLS. */
    HEAD,
    BODY,
    ANSWER,
    IDLE,
    /** HTTP is over: this is a WebSocket. */
    UPGRADED
  }

  private final InetAddress address;
  private final long headNanos;
  private State state = State.HEAD;
  private long since;
  private long bodyBytes;

  Visit(InetAddress address, HttpLimits limits, long now) {
    this.address = address;
    this.headNanos = limits.firstByte().toNanos();
    this.since = now;
  }

  InetAddress address() {
    return address;
  }

  /** So many bytes have come, of whatever. */
  synchronized void heard(int bytes, long now) {
    if (state == State.IDLE) {
      become(State.HEAD, now);
    } else if (state == State.BODY) {
      bodyBytes += bytes;
    } else if (state == State.UPGRADED) {
      since = now;
    }
  }

  /**
   * A piece of a request is there.
   *
   * @param whole whether nothing of the request is missing now
   * @return whether the request is a new one
   */
  synchronized boolean request(boolean whole, long now) {
    boolean isNew = state == State.HEAD || state == State.IDLE;
    if (isNew) {
      become(whole ? State.ANSWER : State.BODY, now);
      bodyBytes = 0;
    } else if (whole && state == State.BODY) {
      become(State.ANSWER, now);
    }
    return isNew;
  }

  synchronized void answered(long now) {
    if (state != State.UPGRADED) {
      become(State.IDLE, now);
    }
  }

  /**
   * Something is sent that belongs to an upgrade: its answer, or later a frame, no sign of life.
   */
  synchronized void upgraded(long now) {
    if (state != State.UPGRADED) {
      become(State.UPGRADED, now);
    }
  }

  private void become(State next, long now) {
    state = next;
    since = now;
  }

  /** Whether it has taken longer than anybody needs. */
  synchronized boolean isLate(long now) {
    return switch (state) {
      case HEAD -> headNanos > 0 && now - since > headNanos;
      case BODY -> now - since > BODY_NANOS + bodyBytes * BODY_NANOS_PER_BYTE;
      // The container ends a silence between requests, and an answer that nobody reads.
      case ANSWER, IDLE -> false;
      case UPGRADED -> now - since > SILENCE_NANOS;
    };
  }
}
