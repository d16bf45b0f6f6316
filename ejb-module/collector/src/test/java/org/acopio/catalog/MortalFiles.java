package org.acopio.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2, {@code mortal:}, that tells of every write, sync and truncation. */
public final class MortalFiles extends FilePathWrapper {
  private static volatile Runnable before = () -> {};

  /** What happens before each from now on. */
  public static void before(Runnable action) {
    before = action;
  }

  @Override
  public String getScheme() {
    return "mortal";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(getBase().open(mode));
  }

  private static final class Channel extends FileBase {
    private final FileChannel file;

    private Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      before.run();
      file.force(metaData);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      before.run();
      return file.write(bytes, position);
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
      before.run();
      return file.write(bytes);
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
      before.run();
      file.truncate(size);
      return this;
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public synchronized int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public synchronized long position() throws IOException {
      return file.position();
    }

    @Override
    public synchronized FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public synchronized FileLock tryLock(long position, long size, boolean shared)
        throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
