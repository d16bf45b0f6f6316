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
import java.time.Clock;
import java.util.Set;

/** A disk that tells of everything that it is about to do, so that somebody may die there. */
public final class MortalDisk extends Disk {
  private final Runnable before;

  private MortalDisk(Runnable before) {
    this.before = before;
  }

  /** A store on such a disk. */
  public static DiskStorage store(StorageSettings settings, Runnable before) {
    return new DiskStorage(settings, Clock.systemUTC(), new MortalDisk(before));
  }

  @Override
  FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    before.run();
    return new Channel(super.open(file, options));
  }

  @Override
  void link(Path name, Path file) throws IOException {
    before.run();
    super.link(name, file);
  }

  @Override
  void move(Path from, Path to, CopyOption... options) throws IOException {
    before.run();
    super.move(from, to, options);
  }

  @Override
  void sync(Path directory) throws IOException {
    before.run();
    super.sync(directory);
  }

  private final class Channel extends FileChannel {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      before.run();
      return file.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      before.run();
      return file.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      before.run();
      return file.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      before.run();
      file.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      before.run();
      file.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
      return file.read(bytes, offset, length);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
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
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
      return file.transferTo(position, count, to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count)
        throws IOException {
      before.run();
      return file.transferFrom(from, position, count);
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
