package org.acopio.socket.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what it is seen that a file is another one than before.
 *
 * @param bytes its length, -1 when there is no such file
 * @param modified when it was written last
 * @param identity of the file itself where the platform has one, so that a file that took the place
 *     of another is told apart within one tick of the clock
 */
record FileMark(long bytes, FileTime modified, @Nullable Object identity) {
  private static final FileMark ABSENT = new FileMark(-1, FileTime.fromMillis(0), null);

  static List<FileMark> of(List<Path> files) {
    return files.stream().map(FileMark::of).toList();
  }

  private static FileMark of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileMark(now.size(), now.lastModifiedTime(), now.fileKey());
    } catch (IOException unreadable) {
      return ABSENT;
    }
  }
}
