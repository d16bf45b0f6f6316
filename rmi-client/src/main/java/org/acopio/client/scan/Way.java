package org.acopio.client.scan;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.jspecify.annotations.Nullable;

/**
 * The way from a root to a file below it. Each folder is opened by its name in the one above, and
 * no name is followed that is a link by now; so nobody who may write somewhere below the root can
 * lead out of it. Where the system opens nothing relative to a folder (Windows), the last name only
 * is looked at.
 *
 * <p>Keeps the folder of the last file open: files come by folders. Not thread-safe.
 */
public final class Way implements Closeable {
  private @Nullable Path folder;
  private @Nullable SecureDirectoryStream<Path> stream;

  /**
   * Opens a file for reading.
   *
   * @param root a real path, below which the file was found; the file itself when it is a root
   * @throws NotRegularFileException when there is something else by now
   */
  public FileChannel open(Path root, Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null || file.equals(root)) {
      return RegularFile.open(file);
    }
    if (!parent.equals(folder)) {
      close();
      stream = descend(root, parent);
      folder = parent;
    }
    return stream == null ? RegularFile.open(file) : RegularFile.open(stream, file);
  }

  /** Lists a directory. Does not wait for anybody when a pipe is there. */
  @SuppressWarnings("StreamResourceLeak") // The caller closes it.
  static DirectoryStream<Path> list(Path directory) throws IOException {
    Opening opening = Opening.of(directory);
    try {
      return Files.newDirectoryStream(directory);
    } finally {
      opening.end();
    }
  }

  private static @Nullable SecureDirectoryStream<Path> descend(Path root, Path folder)
      throws IOException {
    DirectoryStream<Path> first = list(root);
    if (!(first instanceof SecureDirectoryStream<Path> at)) {
      first.close();
      return null;
    }
    if (folder.equals(root)) {
      return at;
    }
    Path above = root;
    for (Path name : root.relativize(folder)) {
      above = above.resolve(name);
      try (SecureDirectoryStream<Path> parent = at) {
        at = enter(parent, above);
      }
    }
    return at;
  }

  private static SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> parent, Path folder)
      throws IOException {
    Opening opening = Opening.of(parent, folder);
    try {
      return parent.newDirectoryStream(folder.getFileName(), LinkOption.NOFOLLOW_LINKS);
    } finally {
      opening.end();
    }
  }

  /** Folders were only read: nothing is lost whatever the system says of their end. */
  @Override
  public void close() {
    SecureDirectoryStream<Path> open = stream;
    stream = null;
    folder = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        return;
      }
    }
  }
}
