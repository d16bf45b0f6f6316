package org.acopio.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2, {@code full:}, whose disk has no room while it is told so. */
public final class FullFiles extends FilePathWrapper {
  private static volatile boolean full;

  /** Whether writes fail from now on. */
  static void full(boolean now) {
    full = now;
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new OtherFile(getBase().open(mode)) {
      @Override
      public int write(ByteBuffer bytes, long position) throws IOException {
        refuse();
        return super.write(bytes, position);
      }

      @Override
      public int write(ByteBuffer bytes) throws IOException {
        refuse();
        return super.write(bytes);
      }
    };
  }

  private static void refuse() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }
}
