package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a name, links not followed, tells.
 *
 * @param type what is there
 * @param stamp of the file
 * @param volume the number of a directory's volume, 0 where the system has none
 * @param key of a directory while it is there, to be compared with others; null where the system
 *     has none
 */
record FileStatus(Type type, FileStamp stamp, long volume, @Nullable Object key) {
  /** Each costs, and most of what is looked at are files. */
  private static final String OF_ANY = "unix:mode,ino,size,lastModifiedTime,ctime";

  private static final String OF_DIRECTORY = OF_ANY + ",dev,fileKey";
  private static final int TYPE_BITS = 0170000;
  private static final int DIRECTORY_BITS = 0040000;
  private static final int REGULAR_BITS = 0100000;

  enum Type {
    REGULAR,
    DIRECTORY,
    /** Links, pipes, sockets, devices, junctions: nothing that is opened. */
    OTHER
  }

  /** Looks with one call to the system, at a directory with one more. */
  static FileStatus of(Path path, boolean unix) throws IOException {
    return unix ? unix(path) : basic(path);
  }

  /** True where the system tells inodes and change times. */
  static boolean unixViewOf(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static FileStatus unix(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, OF_ANY, LinkOption.NOFOLLOW_LINKS);
    Type type = type(found);
    if (type != Type.DIRECTORY) {
      return new FileStatus(type, stamp(found), 0, null);
    }
    found = Files.readAttributes(path, OF_DIRECTORY, LinkOption.NOFOLLOW_LINKS);
    return new FileStatus(type(found), stamp(found), (long) found.get("dev"), found.get("fileKey"));
  }

  private static Type type(Map<String, Object> found) {
    return switch ((int) found.get("mode") & TYPE_BITS) {
      case REGULAR_BITS -> Type.REGULAR;
      case DIRECTORY_BITS -> Type.DIRECTORY;
      default -> Type.OTHER;
    };
  }

  private static FileStamp stamp(Map<String, Object> found) {
    return new FileStamp(
        (long) found.get("size"),
        ((FileTime) found.get("lastModifiedTime")).toInstant(),
        (long) found.get("ino"),
        ((FileTime) found.get("ctime")).toInstant());
  }

  private static FileStatus basic(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Type type = Type.OTHER;
    if (found.isRegularFile()) {
      type = Type.REGULAR;
    } else if (found.isDirectory() && !found.isOther()) {
      type = Type.DIRECTORY;
    }
    FileStamp stamp =
        new FileStamp(found.size(), found.lastModifiedTime().toInstant(), 0, Instant.EPOCH);
    return new FileStatus(type, stamp, 0, found.fileKey());
  }

  /**
   * True unless it can be told that what was opened is another directory than this one: one to
   * which a link leads that took its place, say.
   */
  boolean isOf(DirectoryStream<Path> opened) throws IOException {
    if (key == null || !(opened instanceof SecureDirectoryStream<Path> secure)) {
      return true;
    }
    return key.equals(
        secure.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey());
  }

  /** Fails when it can be told that the directory of this name in an open one is another. */
  void requireIn(DirectoryStream<Path> parent, Path path) throws IOException {
    if (key != null
        && parent instanceof SecureDirectoryStream<Path> secure
        && !key.equals(
            secure
                .getFileAttributeView(
                    path.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .fileKey())) {
      throw new NotDirectoryException(path.toString());
    }
  }

  /** True when both are the same directory, as far as the system tells. */
  boolean sameDirectory(FileStatus other) {
    return stamp.inode() != 0 && stamp.inode() == other.stamp.inode() && volume == other.volume;
  }
}
