package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * The folder {@code .acopio} of a store: which version of the layout it has, its id, and the lock
 * of the one server that may use it.
 */
final class StoreFormat implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StoreFormat.class.getName());
  private static final String VERSION = "acopio-store 1";

  private final String id;
  private final FileChannel lockFile;

  private StoreFormat(String id, FileChannel lockFile) {
    this.id = id;
    this.lockFile = lockFile;
  }

  static StoreFormat open(Path store) throws IOException {
    Path folder = store.resolve(".acopio");
    Files.createDirectories(folder, Folders.ownerOnly(folder));
    FileChannel lockFile = lock(store, folder.resolve("lock"));
    try {
      Path format = folder.resolve("format");
      if (!Files.exists(format)) {
        create(format);
        Directories.sync(folder);
        Directories.sync(store);
      }
      return new StoreFormat(read(store, format), lockFile);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /** Whether the folder still holds the store of this id. */
  boolean isStillIn(Path store) {
    try {
      return read(store, store.resolve(".acopio").resolve("format")).equals(id);
    } catch (IOException | StorageException e) {
      return false;
    }
  }

  String id() {
    return id;
  }

  /** Gives the store free when it could not be opened after all. */
  void release() {
    try {
      close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the lock of the store stays: {0}", e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static FileChannel lock(Path store, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: reported as any other holder is.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new StorageException(
          StorageException.Reason.IN_USE,
          "the store " + store + " is in use by another server; stop it or choose another folder");
    }
    return channel;
  }

  private static void create(Path format) throws IOException {
    Path next = format.resolveSibling("format.new");
    String text = VERSION + "\nid " + UUID.randomUUID() + "\n";
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.US_ASCII.encode(text));
      out.force(true);
    }
    Files.move(next, format, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String read(Path store, Path format) throws IOException {
    List<String> lines = Files.readAllLines(format, StandardCharsets.US_ASCII);
    if (lines.size() < 2 || !lines.get(0).equals(VERSION) || !lines.get(1).startsWith("id ")) {
      throw new StorageException(
          StorageException.Reason.UNKNOWN_FORMAT,
          "the store "
              + store
              + " has the format "
              + lines.stream().limit(2).toList()
              + "; this version knows '"
              + VERSION
              + "' only: use the version that made it");
    }
    return lines.get(1).substring(3);
  }
}
