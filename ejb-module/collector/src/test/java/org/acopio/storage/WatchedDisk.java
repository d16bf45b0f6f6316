package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** A disk that tells of each step before it is done. */
public abstract class WatchedDisk extends Disk {
  /** What a disk does. */
  public enum Step {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    SYNC,
    LINK,
    MOVE,
    DELETE,
    SYNC_FOLDER
  }

  /** Called before a step, which is not done when this fails. */
  abstract void before(Step step) throws IOException;

  /** How a file is synced. */
  interface Force {
    void force(boolean metaData) throws IOException;
  }

  /** How the file that was just opened will be synced. */
  Force force(Path file, FileChannel channel) throws IOException {
    return channel::force;
  }

  @Override
  FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    before(Step.OPEN);
    FileChannel channel = super.open(file, options);
    return new Channel(channel, force(file, channel));
  }

  @Override
  void link(Path name, Path file) throws IOException {
    before(Step.LINK);
    super.link(name, file);
  }

  @Override
  void move(Path from, Path to, CopyOption... options) throws IOException {
    before(Step.MOVE);
    super.move(from, to, options);
  }

  @Override
  void delete(Path file) throws IOException {
    before(Step.DELETE);
    super.delete(file);
  }

  @Override
  void sync(Path directory) throws IOException {
    before(Step.SYNC_FOLDER);
    super.sync(directory);
  }

  private final class Channel extends FileChannel {
    private final FileChannel file;
    private final Force force;

    Channel(FileChannel file, Force force) {
      this.file = file;
      this.force = force;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      before(Step.READ);
      return file.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
      before(Step.READ);
      return file.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      before(Step.READ);
      return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      before(Step.WRITE);
      return file.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      before(Step.WRITE);
      return file.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      before(Step.WRITE);
      return file.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      before(Step.SYNC);
      force.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      before(Step.TRUNCATE);
      file.truncate(size);
      return this;
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      before(Step.WRITE);
      return file.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
