package org.acopio.client.scan;

import java.time.Instant;
import java.util.Objects;

/**
 * What tells, without reading, that a file is still the one it was: when any component differs, its
 * content may differ.
 *
 * @param size in bytes
 * @param modified when the content last changed
 * @param inode the file's number on its volume, 0 where the system has none
 * @param changed when content or attributes last changed (Unix {@code ctime}), {@link
 *     Instant#EPOCH} where the system has none
 */
public record FileStamp(long size, Instant modified, long inode, Instant changed) {
  public FileStamp {
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(changed, "changed");
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
  }
}
