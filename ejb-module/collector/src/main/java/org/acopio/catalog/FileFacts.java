package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * What a search needs to know of one version of one file. None of it ever changes.
 *
 * @param number the file's number
 * @param agent number of the agent that sent it
 * @param client number of the address that it came from
 * @param path where it was on its PC
 * @param version 1 for the first content of this path from this agent, and so on
 * @param size length in bytes
 * @param modified when its content last changed, by the PC's clock
 * @param storedAt when it was stored, by the server's clock
 * @param mediaType what the server took it for
 * @param digest SHA-256 of the stored bytes
 */
public record FileFacts(
    long number,
    long agent,
    long client,
    FilePath path,
    int version,
    long size,
    Instant modified,
    Instant storedAt,
    String mediaType,
    Sha256 digest) {
  public FileFacts {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(storedAt, "storedAt");
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(digest, "digest");
  }
}
