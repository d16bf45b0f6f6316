package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.Path;
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

  /**
   * The stamp of the regular file at {@code path} as it is now, without following a link.
   *
   * @throws NotRegularFileException when there is something else
   */
  public static FileStamp of(Path path) throws IOException {
    FileStatus status = FileStatus.of(path, FileStatus.unixViewOf(path));
    if (status.type() != FileStatus.Type.REGULAR) {
      throw new NotRegularFileException(path);
    }
    return status.stamp();
  }

  /** True when nothing says that the content differs; what one of the two does not know, agrees. */
  public boolean agrees(FileStamp other) {
    return size == other.size
        && modified.equals(other.modified)
        && (inode == other.inode || inode == 0 || other.inode == 0)
        && (changed.equals(other.changed)
            || changed.equals(Instant.EPOCH)
            || other.changed.equals(Instant.EPOCH));
  }
}
