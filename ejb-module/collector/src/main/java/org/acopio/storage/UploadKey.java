package org.acopio.storage;

import java.time.Instant;
import java.util.Objects;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * Tells when an upload of today goes on with one of yesterday: same agent, same path, same size,
 * same time of change.
 *
 * @param agent the agent's id
 * @param path where the file is on its PC
 * @param size in bytes
 * @param modified when its content last changed, by the PC's clock
 */
public record UploadKey(Sha256 agent, FilePath path, long size, Instant modified) {
  public UploadKey {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
  }
}
