package org.acopio.client.scan;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/**
 * Opens files that were regular when they were looked at. Between that look and the opening
 * somebody can put something else in their place: a link is not followed, and a pipe, at which the
 * system would let the opening wait for a writer, is not waited for.
 */
final class RegularFile {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private RegularFile() {}

  /**
   * Opens for reading.
   *
   * @throws NotRegularFileException when a pipe is there
   */
  static FileChannel open(Path path) throws IOException {
    Opening opening = Opening.of(path);
    try {
      return seekable(FileChannel.open(path, READ), path);
    } finally {
      opening.end();
    }
  }

  /**
   * The same, by its last name in the folder that it is in. Looks right before, so that nothing but
   * a pipe that comes between two calls of the system is ever opened.
   */
  static FileChannel open(SecureDirectoryStream<Path> folder, Path path) throws IOException {
    Path name = path.getFileName();
    if (!folder
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isRegularFile()) {
      throw new NotRegularFileException(path);
    }
    Opening opening = Opening.of(folder, path);
    try {
      SeekableByteChannel channel = folder.newByteChannel(name, READ);
      if (channel instanceof FileChannel file) {
        return seekable(file, path);
      }
      channel.close();
      throw new IllegalStateException("the JDK opens " + channel.getClass() + " in a folder");
    } finally {
      opening.end();
    }
  }

  /** Asks the open file itself: a pipe has no position, whatever stands under its name by now. */
  private static FileChannel seekable(FileChannel channel, Path path) throws IOException {
    try {
      channel.position();
      return channel;
    } catch (ClosedByInterruptException e) {
      // That says nothing of what is there.
      throw e;
    } catch (IOException e) {
      channel.close();
      throw new NotRegularFileException(path);
    }
  }
}
