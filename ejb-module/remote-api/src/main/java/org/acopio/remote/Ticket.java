package org.acopio.remote;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * An open collection and its limits. It expires when it has not been used for {@link #idle}; a
 * caller then opens another and offers again what has no receipt yet.
 *
 * @param id names the ticket in every other call; a secret of this agent
 * @param storeId names the store, so that an agent's memory of one store is never used for another
 * @param folder the client's folder in the store: the address that the server saw
 * @param blockBytes most bytes in one block
 * @param sendBytes most bytes of all blocks of one {@link FileCollector#write}
 * @param batchItems most items of one batch of any kind
 * @param lanes how many calls of one ticket the server serves side by side
 * @param idle how long the ticket lives without a call
 */
public record Ticket(
    String id,
    String storeId,
    String folder,
    int blockBytes,
    int sendBytes,
    int batchItems,
    int lanes,
    Duration idle)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  public Ticket {
    Text.bounded("id", id, 64);
    Text.bounded("storeId", storeId, 64);
    Text.bounded("folder", folder, 64);
    Objects.requireNonNull(idle, "idle");
    if (blockBytes < 1 || sendBytes < blockBytes || batchItems < 1 || lanes < 1) {
      throw new IllegalArgumentException("a limit of the ticket is below its minimum");
    }
  }

  /** Leaves the id out: it is a secret. */
  @Override
  public String toString() {
    return "Ticket[folder=" + folder + ", storeId=" + storeId + "]";
  }
}
