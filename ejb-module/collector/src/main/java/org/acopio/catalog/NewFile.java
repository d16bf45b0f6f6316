package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * A file whose bytes are on disk for good, to be committed.
 *
 * @param upload identifies the upload for ever; a second commit of it changes nothing
 * @param agent number of the agent that sent it
 * @param client number of the address that it came from
 * @param collection number of the collection that finished it
 * @param path where it was on its PC
 * @param size length in bytes
 * @param modified when its content last changed, by the PC's clock
 * @param mediaType what the server took it for; at most {@value #MAX_MEDIA_TYPE} characters
 * @param digest SHA-256 of the stored bytes, computed by the server
 * @param storedAs where it is, relative to the store's folder; at most {@value #MAX_STORED_AS}
 *     characters
 * @param storedAt now, by the server's clock
 */
public record NewFile(
    long upload,
    long agent,
    long client,
    long collection,
    FilePath path,
    long size,
    Instant modified,
    String mediaType,
    Sha256 digest,
    String storedAs,
    Instant storedAt) {
  static final int MAX_MEDIA_TYPE = 127;
  static final int MAX_STORED_AS = 1 << 17;

  public NewFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(storedAt, "storedAt");
    if (size < 0) {
      throw new IllegalArgumentException("a file cannot have " + size + " bytes");
    }
    DisplayText.requireExact("mediaType", mediaType, MAX_MEDIA_TYPE);
    DisplayText.requireExact("storedAs", storedAs, MAX_STORED_AS);
  }
}
