package org.acopio.collect;

import java.time.Duration;
import java.util.Objects;
import org.acopio.remote.Batch;
import org.acopio.remote.Parts;

/**
 * Limits of collecting.
 *
 * @param blockBytes most bytes in one block, 4 KiB to 16 MiB
 * @param sendBytes most bytes of all blocks of one send, {@code blockBytes} to 64 MiB
 * @param batchItems most items of one batch, 1 to 65,536
 * @param lanes how many calls of one collection are served side by side, 1 to 64
 * @param idle how long a collection lives without a call, 1 second to 1 day
 * @param maxCollections how many collections may be open, 1 to 100,000
 * @param maxOpenFiles how many files of one collection may be begun without a receipt, 1 to
 *     1,000,000
 * @param maxFileBytes the largest file that is taken, 1 byte to {@link Parts#MAX_SIZE}
 * @param reserveBytes free disk space that stays free, 0 or more
 */
public record CollectSettings(
    int blockBytes,
    int sendBytes,
    int batchItems,
    int lanes,
    Duration idle,
    int maxCollections,
    int maxOpenFiles,
    long maxFileBytes,
    long reserveBytes) {

  /** What a server does that was told nothing. */
  public static final CollectSettings DEFAULTS =
      new CollectSettings(
          1 << 20, 1 << 20, 1_000, 16, Duration.ofMinutes(10), 1_000, 10_000, 1L << 44, 256L << 20);

  public CollectSettings {
    within("block-bytes", blockBytes, 1 << 12, 1 << 24);
    within("send-bytes", sendBytes, blockBytes, 1 << 26);
    within("batch-items", batchItems, 1, Batch.MAX_ITEMS);
    within("lanes", lanes, 1, 64);
    Objects.requireNonNull(idle, "idle");
    within("idle", idle.toSeconds(), 1, 86_400);
    within("max-collections", maxCollections, 1, 100_000);
    within("max-open-files", maxOpenFiles, 1, 1_000_000);
    within("max-file-bytes", maxFileBytes, 1, Parts.MAX_SIZE);
    within("reserve-bytes", reserveBytes, 0, Long.MAX_VALUE);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "acopio.collect." + name + " is " + value + "; it is " + least + " to " + most);
    }
  }
}
