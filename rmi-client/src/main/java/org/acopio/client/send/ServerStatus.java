package org.acopio.client.send;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a server said of itself.
 *
 * @param version its version, for people
 * @param protocol the version of the contract that it speaks
 * @param compatible true when that is the version that this agent speaks
 * @param storeId names its store
 * @param clock the time there
 * @param fastestCall how long the fastest of a few small calls took
 * @param medianCall how long the middle one took
 */
public record ServerStatus(
    String version,
    int protocol,
    boolean compatible,
    String storeId,
    Instant clock,
    Duration fastestCall,
    Duration medianCall) {
  public ServerStatus {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(storeId, "storeId");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(fastestCall, "fastestCall");
    Objects.requireNonNull(medianCall, "medianCall");
  }
}
