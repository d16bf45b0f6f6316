package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A disk that knows what a power cut would leave of it: of each file its bytes and its time as of
 * its last sync, and of each directory, at the least, its names as of its last sync. Thread-safe.
 */
public final class PowerCutDisk extends WatchedDisk implements AutoCloseable {
  private final Path root;
  private final Map<Object, Inode> files = new HashMap<>();
  private final Map<Object, Map<Path, Object>> names = new HashMap<>();

  /** Which names are left of those whose directory was not synced. */
  public enum Names {
    NONE,
    ALL
  }

  /** What a file is, whatever names it has; open, so that no other file gets its number. */
  private static final class Inode {
    private final FileChannel content;
    private byte[] synced = new byte[0];
    private FileTime modified = FileTime.fromMillis(0);

    Inode(FileChannel content) {
      this.content = content;
    }

    byte[] read() throws IOException {
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(content.size()));
      while (all.hasRemaining() && content.read(all, all.position()) >= 0) {
        continue;
      }
      return all.array();
    }
  }

  /**
   * Begins with a folder whose names are durable.
   *
   * @param root in which everything is
   */
  public PowerCutDisk(Path root) throws IOException {
    this.root = root;
    names.put(key(root), list(root));
  }

  /** A store on this disk. */
  public DiskStorage store(Path folder) {
    return new DiskStorage(new StorageSettings(folder, 2, 16, 30), Clock.systemUTC(), this);
  }

  @Override
  void before(Step step) {}

  @Override
  synchronized Force force(Path file, FileChannel channel) throws IOException {
    Object key = key(file);
    Inode inode = files.get(key);
    if (inode == null) {
      inode = new Inode(FileChannel.open(file, StandardOpenOption.READ));
      files.put(key, inode);
    }
    Inode opened = inode;
    return metaData -> force(opened, file, channel, metaData);
  }

  /** What was written before the sync began is durable when it ends, and no more. */
  private synchronized void force(Inode inode, Path file, FileChannel channel, boolean metaData)
      throws IOException {
    byte[] written = inode.read();
    FileTime modified = metaData ? Files.getLastModifiedTime(file) : inode.modified;
    channel.force(metaData);
    inode.synced = written;
    inode.modified = modified;
  }

  @Override
  synchronized void sync(Path directory) throws IOException {
    Map<Path, Object> there = list(directory);
    super.sync(directory);
    names.put(key(directory), there);
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private static Map<Path, Object> list(Path directory) throws IOException {
    Map<Path, Object> list = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        list.put(entry.getFileName(), key(entry));
      }
    }
    return list;
  }

  /** What a power cut would leave of a file at the least; nothing when not even a name. */
  public synchronized Optional<byte[]> left(Path file) throws IOException {
    Object at = key(root);
    for (Path name : root.relativize(file)) {
      Object next = names.getOrDefault(at, Map.of()).get(name);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    Inode inode = files.get(at);
    return Optional.of(inode == null ? new byte[0] : inode.synced);
  }

  /**
   * Writes down what a power cut would leave of a folder now. Called while nobody deletes anything.
   */
  public synchronized void leave(Path folder, Names unsynced, Path copy) throws IOException {
    if (unsynced == Names.ALL || left(folder).isPresent()) {
      leave(folder, key(folder), unsynced, copy);
    }
  }

  private void leave(Path directory, Object key, Names unsynced, Path copy) throws IOException {
    Files.createDirectories(copy);
    Map<Path, Object> list =
        unsynced == Names.ALL ? list(directory) : names.getOrDefault(key, Map.of());
    for (Map.Entry<Path, Object> entry : list.entrySet()) {
      Path original = directory.resolve(entry.getKey());
      if (Files.isDirectory(original, LinkOption.NOFOLLOW_LINKS)) {
        leave(original, entry.getValue(), unsynced, copy.resolve(entry.getKey()));
      } else {
        Inode inode = files.get(entry.getValue());
        Path left = copy.resolve(entry.getKey());
        Files.write(left, inode == null ? new byte[0] : inode.synced);
        Files.setLastModifiedTime(left, inode == null ? FileTime.fromMillis(0) : inode.modified);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Inode inode : files.values()) {
      inode.content.close();
    }
  }
}
