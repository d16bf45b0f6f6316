package org.acopio.client.scan;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** At the place of a file there is a link, a directory, a pipe or a device. */
public final class NotRegularFileException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1L;

  NotRegularFileException(Path path) {
    super(path.toString(), null, "it is no regular file any more");
  }
}
