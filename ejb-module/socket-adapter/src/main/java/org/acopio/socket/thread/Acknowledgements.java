package org.acopio.socket.thread;

import java.util.concurrent.TimeUnit;
import org.acopio.socket.delivery.KeepAlive;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer still acknowledges what is sent to it. While bytes are under way the system does
 * not ask whether a silent peer is alive, and Java 17 cannot limit how long it repeats them ({@code
 * TCP_USER_TIMEOUT}, RFC 5482): so this limits it, by what the system tells. For one thread.
 */
final class Acknowledgements {
  private static final long MOST_NANOS =
      TimeUnit.MILLISECONDS.toNanos(KeepAlive.UNACKNOWLEDGED_MILLIS);

  private long settled;
  private boolean missing;
  private long silentSince;
  private KernelTables.@Nullable UnderWay before;

  /**
   * Whether bytes may be under way.
   *
   * @param sent so many have been sent since the connection was opened
   */
  boolean mayLack(long sent) {
    return sent != settled;
  }

  /**
   * Takes what the system tells.
   *
   * @param now by the monotonic clock, in nanoseconds
   * @param sent so many bytes had been sent before the system was asked
   * @param underWay what the system told; null if nothing is under way
   * @return whether the peer has acknowledged nothing for so long that it is gone
   */
  boolean isGone(long now, long sent, KernelTables.@Nullable UnderWay underWay) {
    if (underWay == null) {
      // The tables may pass over a row while others come and go, but hardly twice.
      if (missing) {
        settled = sent;
        before = null;
      }
      missing = true;
      return false;
    }
    missing = false;
    if (heardSince(before, underWay)) {
      silentSince = now;
    }
    before = underWay;
    return now - silentSince >= MOST_NANOS;
  }

  /** Each acknowledgement takes bytes away and begins the count anew. */
  private static boolean heardSince(
      KernelTables.@Nullable UnderWay before, KernelTables.UnderWay now) {
    return before == null
        || now.unanswered() == 0
        || now.unanswered() < before.unanswered()
        || now.bytes() < before.bytes();
  }
}
