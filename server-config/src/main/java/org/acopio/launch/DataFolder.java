package org.acopio.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A server's data folder, held by this process alone. The hold is a lock of the operating system on
 * {@code server.lock}, so it ends with the process however that ends.
 */
final class DataFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());
  private static final String LOCK = "server.lock";

  /** It opens no folder for a sync; NTFS logs its names itself. */
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the folder when it is missing and takes hold of it. */
  static DataFolder open(Path path) {
    try {
      make(path);
      Files.createDirectories(path.resolve("log"));
      FileChannel lock =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      hold(path, lock);
      return new DataFolder(path, lock);
    } catch (FileAlreadyExistsException e) {
      throw new StartException(
          e.getFile() + " is a file, not a folder; name another folder with --data.", e);
    } catch (AccessDeniedException e) {
      throw new StartException(
          "The data folder "
              + path
              + " cannot be written: no permission for "
              + e.getFile()
              + "; give this user the right to write there, or name another folder with --data.",
          e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "no such file or folder" : e.getReason();
      throw unusable(path, e.getFile() + ": " + reason, e);
    } catch (IOException e) {
      throw unusable(path, e.getMessage(), e);
    }
  }

  /** What is new of the way to the folder survives a power cut, as what will be in it does. */
  private static void make(Path path) throws IOException {
    Path missing = path.toAbsolutePath().normalize();
    List<Path> parents = new ArrayList<>();
    Path parent = missing.getParent();
    while (parent != null && !Files.exists(missing)) {
      parents.add(parent);
      missing = parent;
      parent = missing.getParent();
    }
    Files.createDirectories(path);
    if (!WINDOWS) {
      for (Path each : parents) {
        sync(each);
      }
    }
  }

  /** A folder that this user may write to and not list is left to the system. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      LOG.log(System.Logger.Level.DEBUG, "the names in {0} cannot be synced: {1}", folder, e);
    }
  }

  /** Takes hold of a folder that is there; nothing when a server holds it. */
  static Optional<DataFolder> claim(Path path) {
    try {
      FileChannel lock =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(lock) != null) {
        return Optional.of(new DataFolder(path, lock));
      }
      lock.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new AdminException(
          AdminException.NO_SERVER,
          "The data folder "
              + path
              + " cannot be used: "
              + e
              + "; run this as the user of the server.",
          e);
    }
  }

  private static StartException unusable(Path path, String reason, IOException cause) {
    return new StartException(
        "The data folder "
            + path
            + " cannot be used ("
            + reason
            + "); name another one with --data.",
        cause);
  }

  private static void hold(Path path, FileChannel lock) throws IOException {
    FileLock held = tryLock(lock);
    if (held == null) {
      String holder = read(lock);
      lock.close();
      throw new StartException(
          "The data folder "
              + path
              + " is in use by another Acopio server"
              + (holder.isBlank() ? "" : " (process " + holder + ")")
              + "; stop that one, or name another folder with --data.");
    }
    lock.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    lock.write(ByteBuffer.wrap(pid), 0);
  }

  private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
    try {
      // Far behind the text, because on Windows a locked byte cannot be read by others.
      return lock.tryLock(1L << 40, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel lock) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    lock.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  /** The process that holds the folder or was the last to; nothing when none ever did. */
  static OptionalLong holder(Path path) {
    try {
      String process = Files.readString(path.resolve(LOCK), StandardCharsets.US_ASCII).strip();
      return OptionalLong.of(Long.parseLong(process));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  Path path() {
    return path;
  }

  Path log() {
    return path.resolve("log");
  }

  /** Where the container keeps what it can make again; emptied at every start. */
  Path container() {
    return path.resolve("run");
  }

  /** Where the server keeps its certificate and key. */
  Path identity() {
    return path.resolve("identity");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
