package org.acopio.storage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code .acopio} of a store: which version of the layout it has, its id, and the lock
 * of the one server that may use it.
 */
final class StoreFormat implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StoreFormat.class.getName());
  private static final String VERSION = "acopio-store 1";

  /** More lines may follow. */
  private static final Pattern KNOWN =
      Pattern.compile(VERSION + "\\Rid ([!-~]+)(?:\\R.*)?", Pattern.DOTALL);

  private static final int MOST_BYTES = 4_096;
  private static final int SHOWN = 80;

  private final String id;
  private FileChannel lockFile;
  private boolean closed;

  private StoreFormat(String id, FileChannel lockFile) {
    this.id = id;
    this.lockFile = lockFile;
  }

  /**
   * Opens the store in a folder, or makes both. Every name on the way to what is kept is durable
   * then, whoever made it: one that was there may be of a server that was killed before its sync.
   */
  static StoreFormat open(Path store, Disk disk) throws IOException {
    makeWay(store, disk);
    Path folder = store.resolve(".acopio");
    Files.createDirectories(folder, Folders.ownerOnly(folder));
    FileChannel lockFile = lock(store, folder.resolve("lock"));
    try {
      Path format = folder.resolve("format");
      if (!Files.exists(format)) {
        create(format, disk);
      }
      disk.sync(folder);
      disk.sync(store);
      return new StoreFormat(read(store, format), lockFile);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /**
   * Fails when the folder does not hold the store of this id any more.
   *
   * @throws StorageException {@code BROKEN} when the disk fails
   */
  void expectIn(Path store) {
    try {
      if (read(store, store.resolve(".acopio").resolve("format")).equals(id)) {
        return;
      }
    } catch (StorageException e) {
      throw gone(store, e);
    } catch (NoSuchFileException e) {
      throw gone(store, e);
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " cannot be read", e);
    }
    throw gone(store, null);
  }

  private static StorageException gone(Path store, @Nullable Exception cause) {
    StorageException gone =
        new StorageException(
            StorageException.Reason.FAILED,
            "the folder "
                + store
                + " does not hold the store any more; see that its disk is mounted");
    if (cause != null) {
      gone.addSuppressed(cause);
    }
    return gone;
  }

  /** Has the lock again, when it was let go. */
  synchronized void hold(Path store) throws IOException {
    if (closed) {
      throw new IOException("the store " + store + " is closed");
    }
    if (!lockFile.isOpen()) {
      lockFile = lock(store, store.resolve(".acopio").resolve("lock"));
    }
  }

  /**
   * Closes the file of the lock: the disk of one that is open cannot be unmounted.
   *
   * @return false when it was closed
   */
  synchronized boolean letGo() throws IOException {
    boolean held = lockFile.isOpen();
    lockFile.close();
    return held;
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
  public synchronized void close() throws IOException {
    closed = true;
    lockFile.close();
  }

  private static void makeWay(Path store, Disk disk) throws IOException {
    Path there = store.getParent();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    Files.createDirectories(store, Folders.ownerOnly(store));
    Path folder = store;
    while (folder != null && !folder.equals(there)) {
      folder = folder.getParent();
      if (folder != null) {
        syncAbove(folder, disk);
      }
    }
  }

  /** A folder above the store may belong to somebody who lets this user pass through only. */
  private static void syncAbove(Path folder, Disk disk) throws IOException {
    try {
      disk.sync(folder);
    } catch (AccessDeniedException e) {
      LOG.log(Level.DEBUG, "the names in {0} are made durable by the system alone: {1}", folder, e);
    }
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

  private static void create(Path format, Disk disk) throws IOException {
    Path next = format.resolveSibling("format.new");
    String text = VERSION + "\nid " + UUID.randomUUID() + "\n";
    try (FileChannel out =
        disk.open(
            next,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      out.write(StandardCharsets.US_ASCII.encode(text));
      out.force(true);
    }
    disk.move(next, format, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String read(Path store, Path format) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(format)) {
      text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    }
    Matcher known = KNOWN.matcher(text);
    if (!known.matches()) {
      throw new StorageException(
          StorageException.Reason.UNKNOWN_FORMAT,
          "the store "
              + store
              + " has the format "
              + text.lines().limit(2).map(StoreFormat::shown).toList()
              + "; this version knows '"
              + VERSION
              + "' only: use the version that made it");
    }
    return known.group(1);
  }

  private static String shown(String line) {
    String plain = line.replaceAll("[^ -~]", "?");
    return plain.substring(0, Math.min(plain.length(), SHOWN));
  }
}
