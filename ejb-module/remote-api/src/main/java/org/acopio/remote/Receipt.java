package org.acopio.remote;

import java.time.Instant;
import java.util.Objects;

/**
 * The server's word that a file is stored for good: its bytes are on disk under their final name,
 * file and directory are synced, their SHA-256 was computed by the server over what it stored, and
 * the catalog has committed it.
 *
 * @param file the file's number in the catalog
 * @param digest SHA-256 that the server computed over the stored bytes
 * @param size length in bytes
 * @param version 1 for the first content of this path from this agent, and so on
 * @param storedAs where it is, relative to the store's folder, segments separated by {@code /}
 * @param storedAt when the catalog committed it, by the server's clock
 */
public record Receipt(
    long file, Sha256 digest, long size, int version, String storedAs, Instant storedAt) {
  public Receipt {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(storedAs, "storedAs");
    Objects.requireNonNull(storedAt, "storedAt");
  }

  void write(WireWriter out) {
    out.int64(file);
    out.digest(digest);
    out.int64(size);
    out.int32(version);
    out.text(storedAs);
    out.instant(storedAt);
  }

  static Receipt read(WireReader in) {
    return new Receipt(
        in.int64(), in.digest(), in.int64(), in.int32(), in.text(1 << 17), in.instant());
  }
}
