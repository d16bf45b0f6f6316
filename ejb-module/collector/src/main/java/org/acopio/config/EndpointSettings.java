package org.acopio.config;

import java.time.Duration;
import java.util.List;

/**
 * The TCP ports and their limits. The socket adapter reads the same keys by itself when it
 * activates the message-driven beans; here they are checked, so that a wrong one stops the start.
 *
 * @param echo ports of the echo that a selector serves
 * @param echoQueue ports of the echo with a queue for each client
 * @param threadSessions ports of the session protocol with one thread for each connection
 * @param selectorSessions ports of the session protocol that a selector serves
 * @param ingest ports of the collector's wire protocol
 * @param sessionThreads most connections at once on one of {@code threadSessions}, 1 to 100,000
 * @param sessionThreadsPerAddress most of them from one address, 1 to 100,000
 * @param socket limits of echo and sessions
 * @param ingestLimits limits of ingest
 * @param drain how long connections may finish when the server stops, 0 to 1 day
 * @param proxyProtocol whether connections begin with a PROXY header
 */
public record EndpointSettings(
    List<Integer> echo,
    List<Integer> echoQueue,
    List<Integer> threadSessions,
    List<Integer> selectorSessions,
    List<Integer> ingest,
    int sessionThreads,
    int sessionThreadsPerAddress,
    ConnectionLimits socket,
    ConnectionLimits ingestLimits,
    Duration drain,
    boolean proxyProtocol) {
  public EndpointSettings {
    echo = List.copyOf(echo);
    echoQueue = List.copyOf(echoQueue);
    threadSessions = List.copyOf(threadSessions);
    selectorSessions = List.copyOf(selectorSessions);
    ingest = List.copyOf(ingest);
    ConnectionLimits.within("session.max-threads", sessionThreads, 1, 100_000);
    ConnectionLimits.within(
        "session.max-threads-per-address", sessionThreadsPerAddress, 1, 100_000);
    ConnectionLimits.withinADay("socket.drain", drain);
  }
}
