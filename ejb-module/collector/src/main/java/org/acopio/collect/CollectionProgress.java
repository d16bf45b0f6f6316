package org.acopio.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far an open collection has come.
 *
 * @param number in the catalog
 * @param address of the client
 * @param agent its number in the catalog
 * @param agentId the first {@value #ID_DIGITS} hexadecimal digits of its id
 * @param hostName what its PC calls itself, for people
 * @param transport by which it was opened
 * @param openedAt when
 * @param stored files that got a receipt in it
 * @param storedBytes their bytes
 * @param had files that were in the store already
 * @param refused files that were not taken
 * @param changed times that a file changed while it was sent
 * @param receivedBytes bytes of accepted blocks, repeats included
 * @param begun files that were offered in it and are to be sent, those that are stored included
 * @param begunBytes what was missing of them when they were offered
 * @param openFiles files that were begun and have no receipt
 * @param missingBytes of them; more may be offered later
 * @param bytesPerSecond over the last 5 s; 0 also when it is too early to say
 * @param remaining until what was offered is here at this speed; nothing while there is none
 * @param idle since the last call of it began or ended
 * @param waiting why it does not go on
 * @param files those that were touched last, newest first
 */
public record CollectionProgress(
    long number,
    String address,
    long agent,
    String agentId,
    String hostName,
    Transport transport,
    Instant openedAt,
    long stored,
    long storedBytes,
    long had,
    long refused,
    long changed,
    long receivedBytes,
    long begun,
    long begunBytes,
    long openFiles,
    long missingBytes,
    long bytesPerSecond,
    Optional<Duration> remaining,
    Duration idle,
    Waiting waiting,
    List<FileProgress> files) {
  static final int ID_DIGITS = 8;

  public CollectionProgress {
    files = List.copyOf(files);
  }

  /** Open files that are not among {@link #files}. */
  public long otherFiles() {
    return Math.max(0, openFiles - files.size());
  }
}
