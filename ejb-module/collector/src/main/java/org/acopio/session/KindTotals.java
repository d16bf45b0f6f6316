package org.acopio.session;

import java.util.Map;

/**
 * What the sessions of one kind have done since the start, live ones included. None of it ever
 * falls.
 *
 * @param begun how many began
 * @param ended how many are over, for each reason; every reason is there
 * @param messages how many the clients sent
 * @param bytesRead bytes from the clients
 * @param bytesWritten bytes to the clients
 */
public record KindTotals(
    long begun, Map<EndReason, Long> ended, long messages, long bytesRead, long bytesWritten) {
  public KindTotals {
    ended = Map.copyOf(ended);
  }
}
