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
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** A disk that fails when it is told to, in the words of the system. Thread-safe. */
public final class FailingDisk extends Disk {
  public static final String BROKEN = "Input/output error";
  public static final String FULL = "No space left on device";
  public static final String READ_ONLY = "Read-only file system";

  /** What can fail. */
  public enum Step {
    OPEN,
    READ,
    WRITE,
    SYNC,
    LINK,
    MOVE,
    SYNC_FOLDER
  }

  private final Map<Step, Integer> left = new EnumMap<>(Step.class);
  private final Map<Step, String> always = new EnumMap<>(Step.class);
  private String once = BROKEN;
  private int failures;
  private volatile Runnable before = () -> {};

  /** A store on this disk. */
  public DiskStorage store(Path folder) {
    return new DiskStorage(new StorageSettings(folder, 2, 16, 30), Clock.systemUTC(), this);
  }

  /** The n-th of these from now on fails, from 1, and the next do not. */
  public synchronized void fail(Step step, int nth, String message) {
    left.put(step, nth);
    once = message;
  }

  /** All of these fail until the disk is whole. */
  public synchronized void failAlways(String message, Step... steps) {
    for (Step step : steps) {
      always.put(step, message);
    }
  }

  /** Does this right before every step from now on. */
  void beforeEach(Runnable action) {
    before = action;
  }

  /** Nothing fails any more. */
  public synchronized void heal() {
    left.clear();
    always.clear();
  }

  /** How often something failed. */
  public synchronized int failures() {
    return failures;
  }

  private void attempt(Step step) throws IOException {
    before.run();
    check(step);
  }

  private synchronized void check(Step step) throws IOException {
    if (always.containsKey(step)) {
      failures++;
      throw new IOException(always.get(step));
    }
    Integer nth = left.computeIfPresent(step, (key, count) -> count - 1);
    if (nth != null && nth == 0) {
      left.remove(step);
      failures++;
      throw new IOException(once);
    }
  }

  @Override
  FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    attempt(Step.OPEN);
    return new Channel(super.open(file, options));
  }

  @Override
  void link(Path name, Path file) throws IOException {
    attempt(Step.LINK);
    super.link(name, file);
  }

  @Override
  void move(Path from, Path to, CopyOption... options) throws IOException {
    attempt(Step.MOVE);
    super.move(from, to, options);
  }

  @Override
  void sync(Path directory) throws IOException {
    attempt(Step.SYNC_FOLDER);
    super.sync(directory);
  }

  private final class Channel extends FileChannel {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      attempt(Step.READ);
      return file.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
      attempt(Step.READ);
      return file.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      attempt(Step.READ);
      return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      attempt(Step.WRITE);
      return file.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      attempt(Step.WRITE);
      return file.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      attempt(Step.WRITE);
      return file.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      attempt(Step.SYNC);
      file.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
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
