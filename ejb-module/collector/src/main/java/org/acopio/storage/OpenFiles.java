package org.acopio.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the files of the uploads that were used last open, so that the four sends of a wave open
 * each file once, and never more than a given number. Thread-safe; a file that is in use is never
 * closed.
 */
final class OpenFiles implements AutoCloseable {
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS);

  private final int limit;
  private final Disk disk;
  private final DirectWrites writes;
  private final LinkedHashMap<Long, Lease> open = new LinkedHashMap<>(16, 0.75f, true);

  OpenFiles(int limit, Disk disk, DirectWrites writes) {
    this.limit = limit;
    this.disk = disk;
    this.writes = writes;
  }

  /** Of the JDK, and not of every Java: by itself, so that only who needs it misses it. */
  private static final class Direct {
    static final Set<OpenOption> OPTIONS =
        Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);
  }

  /** What is done with an open file. */
  interface Use<T> {
    T with(FileChannel channel) throws IOException;
  }

  /** Calls {@code use} with the upload's file, made if need be, open for reading and writing. */
  <T> T use(long upload, Path file, Use<T> use) throws IOException {
    Lease lease = borrow(upload, file);
    try {
      return use.with(lease.channel);
    } finally {
      giveBack(lease);
    }
  }

  /** Writes bytes that follow each other, from {@code offset} on, to the upload's file. */
  void write(long upload, Path file, List<ByteBuffer> run, long offset) throws IOException {
    Lease lease = borrow(upload, file);
    try {
      writes.write(lease, run, offset);
    } finally {
      giveBack(lease);
    }
  }

  /** Makes what was written to the upload's file durable, if it is open. */
  void force(long upload) throws IOException {
    Lease lease;
    synchronized (this) {
      lease = open.get(upload);
      if (lease == null || !lease.channel.isOpen()) {
        return;
      }
      lease.users++;
    }
    try {
      lease.channel.force(false);
    } finally {
      giveBack(lease);
    }
  }

  /** Closes the upload's file, now or when its last use ends. */
  void close(long upload) throws IOException {
    Lease lease;
    synchronized (this) {
      lease = open.remove(upload);
      if (lease == null) {
        return;
      }
      lease.doomed = true;
      if (lease.users > 0) {
        return;
      }
    }
    lease.close();
  }

  @Override
  public void close() throws IOException {
    Long[] all;
    synchronized (this) {
      all = open.keySet().toArray(Long[]::new);
    }
    for (long upload : all) {
      close(upload);
    }
  }

  private synchronized Lease borrow(long upload, Path file) throws IOException {
    Lease lease = open.get(upload);
    if (lease == null || !lease.channel.isOpen()) {
      // An interrupted thread closes the channel that it uses, for everybody.
      Lease broken = lease;
      lease = new Lease(file, opened(file, OPTIONS));
      open.put(upload, lease);
      if (broken != null) {
        broken.doomed = true;
        if (broken.users == 0) {
          broken.close();
        }
      }
    }
    lease.users++;
    return lease;
  }

  /** The system may let this process open no more files than there are, which others need too. */
  private FileChannel opened(Path file, Set<OpenOption> options) throws IOException {
    try {
      return disk.open(file, options);
    } catch (FileSystemException e) {
      if (!closeIdle()) {
        throw e;
      }
      return disk.open(file, options);
    }
  }

  /** Closes all that nobody uses now; returns whether there was any. */
  synchronized boolean closeIdle() throws IOException {
    List<Lease> idle = open.values().stream().filter(lease -> lease.users == 0).toList();
    open.values().removeAll(idle);
    for (Lease lease : idle) {
      lease.close();
    }
    return !idle.isEmpty();
  }

  private void giveBack(Lease lease) throws IOException {
    synchronized (this) {
      lease.users--;
      if (!lease.doomed || lease.users > 0) {
        lease = null;
      }
    }
    if (lease != null) {
      lease.close();
    }
    shrink();
  }

  private void shrink() throws IOException {
    Lease oldest = null;
    synchronized (this) {
      if (open.size() > limit) {
        for (Map.Entry<Long, Lease> entry : open.entrySet()) {
          if (entry.getValue().users == 0) {
            oldest = entry.getValue();
            open.remove(entry.getKey());
            break;
          }
        }
      }
    }
    if (oldest != null) {
      oldest.close();
    }
  }

  private final class Lease implements DirectWrites.Target {
    private final Path file;
    private final FileChannel channel;
    private Optional<FileChannel> direct = Optional.empty();
    private int users;
    private boolean doomed;

    Lease(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      Bytes.writeFully(channel, bytes, offset);
    }

    @Override
    public int writeDirect(ByteBuffer blocks, long offset) throws IOException {
      return direct().write(blocks, offset);
    }

    private synchronized FileChannel direct() throws IOException {
      if (direct.filter(FileChannel::isOpen).isEmpty()) {
        direct = Optional.of(opened(file, Direct.OPTIONS));
      }
      return direct.get();
    }

    synchronized void close() throws IOException {
      try {
        channel.close();
      } finally {
        if (direct.isPresent()) {
          direct.get().close();
        }
      }
    }
  }
}
