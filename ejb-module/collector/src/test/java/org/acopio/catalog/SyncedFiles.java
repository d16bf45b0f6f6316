package org.acopio.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2, {@code synced:}, that keeps beside each file a copy of it as of its last
 * sync: the least that a disk holds after a power cut.
 */
public final class SyncedFiles extends FilePathWrapper {
  @Override
  public String getScheme() {
    return "synced";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(getBase().open(mode), Path.of(getBase().toString()));
  }

  /** Where the copy of {@code file} as of its last sync is. */
  public static Path copyOf(Path file) {
    return Path.of(file + ".synced");
  }

  private static final class Channel extends OtherFile {
    private final Path path;

    private Channel(FileChannel file, Path path) {
      super(file);
      this.path = path;
    }

    /** Under the lock of the writes: the copy is of one moment. */
    @Override
    public synchronized void force(boolean metaData) throws IOException {
      super.force(metaData);
      Path next = Path.of(path + ".next");
      Files.copy(path, next, StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, copyOf(path), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      return super.write(bytes, position);
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
      return super.write(bytes);
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
      return super.truncate(size);
    }
  }
}
