package org.acopio.catalog;

import java.util.Objects;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/**
 * All that the catalog knows of one version of one file.
 *
 * @param file the file
 * @param agent number of the agent that sent it
 * @param agentId digest of that agent's key
 * @param hostName what the agent's PC calls itself; data of the PC, for people
 * @param client number of the address that it came from
 * @param address that address
 * @param collection number of the collection that finished it
 * @param newestVersion version of the newest file with this path from this agent
 */
public record FileDetails(
    StoredFile file,
    long agent,
    Sha256 agentId,
    String hostName,
    long client,
    String address,
    long collection,
    int newestVersion) {
  public FileDetails {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(agentId, "agentId");
    Objects.requireNonNull(hostName, "hostName");
    Objects.requireNonNull(address, "address");
  }

  /** The file's number. */
  public long number() {
    return file.receipt().file();
  }

  /** Whether no later content of this path came from this agent. */
  public boolean isNewest() {
    return file.receipt().version() == newestVersion;
  }
}
