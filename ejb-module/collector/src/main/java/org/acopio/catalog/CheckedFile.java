package org.acopio.catalog;

import java.time.Instant;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * What the catalog says of one version of one file, to be compared with the store.
 *
 * @param number the file's number
 * @param agent number of the agent that sent it
 * @param path where it was on its PC
 * @param pathKey by what the path is found; its SHA-256 when all is well
 * @param version 1 for the first content of this path from this agent, and so on
 * @param size length in bytes
 * @param modified when its content last changed, by the PC's clock
 * @param digest SHA-256 of the stored bytes
 * @param storedAs where it is, relative to the store's folder
 */
public record CheckedFile(
    long number,
    long agent,
    FilePath path,
    Sha256 pathKey,
    int version,
    long size,
    Instant modified,
    Sha256 digest,
    String storedAs) {

  /** What the key of this path is when all is well. */
  public Sha256 rightKey() {
    return Lookups.key(path);
  }
}
