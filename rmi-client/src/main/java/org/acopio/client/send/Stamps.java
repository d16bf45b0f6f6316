package org.acopio.client.send;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.acopio.client.scan.FileStamp;

/** Takes stamps of files, and compares them. */
final class Stamps {
  private Stamps() {}

  /**
   * The stamp of the regular file at {@code path}, without following a link.
   *
   * @throws FileSystemException when there is something other than a regular file
   */
  static FileStamp take(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      BasicFileAttributes basic =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      requireRegular(path, basic.isRegularFile());
      return new FileStamp(basic.size(), basic.lastModifiedTime().toInstant(), 0, Instant.EPOCH);
    }
    Map<String, Object> unix =
        Files.readAttributes(
            path, "unix:isRegularFile,size,lastModifiedTime,ino,ctime", LinkOption.NOFOLLOW_LINKS);
    requireRegular(path, (Boolean) unix.get("isRegularFile"));
    return new FileStamp(
        (Long) unix.get("size"),
        ((FileTime) unix.get("lastModifiedTime")).toInstant(),
        ((Number) unix.get("ino")).longValue(),
        ((FileTime) unix.get("ctime")).toInstant());
  }

  /** True when nothing says that the content differs; what one of them does not know, agrees. */
  static boolean agree(FileStamp a, FileStamp b) {
    return a.size() == b.size()
        && a.modified().equals(b.modified())
        && (a.inode() == b.inode() || a.inode() == 0 || b.inode() == 0)
        && (a.changed().equals(b.changed())
            || a.changed().equals(Instant.EPOCH)
            || b.changed().equals(Instant.EPOCH));
  }

  private static void requireRegular(Path path, boolean regular) throws FileSystemException {
    if (!regular) {
      throw new FileSystemException(path.toString(), null, "it is no regular file any more");
    }
  }
}
