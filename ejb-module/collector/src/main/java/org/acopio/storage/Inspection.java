package org.acopio.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.acopio.remote.Sha256;

/**
 * What really lies on the disk of a store, for those who compare it with what should. Changes
 * nothing, and takes no failure of the disk for its own: what cannot be looked at is an answer.
 * Thread-safe; may be used while files are collected.
 */
public final class Inspection {
  /** So much at once that neither the disk nor the system's calls are waited for in vain. */
  private static final int PIECE = 1 << 19;

  private static final int LOOKS_FOR_STRAYS = 3;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** Folders directly in the store that hold no collected files. */
  private static final Set<String> OWN = Set.of(".acopio", ".partial", Quarantine.FOLDER);

  private final Path store;
  private final Folders folders;
  private final PartialFiles files;
  private final Uploads uploads;
  private final Disk disk;
  private final boolean unix;
  private final ThreadLocal<ByteBuffer> buffers =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(PIECE));

  Inspection(Path store, Folders folders, PartialFiles files, Uploads uploads, Disk disk) {
    this.store = store;
    this.folders = folders;
    this.files = files;
    this.uploads = uploads;
    this.disk = disk;
    unix = store.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** What stands under a name. */
  public enum State {
    /** A file. */
    FILE,
    /** Nothing. */
    ABSENT,
    /** Something that is no file: a link, a folder, a device. */
    STRANGE,
    /** The disk or its rights do not let it be looked at. */
    UNREADABLE,
    /** The name is none that a store can have. */
    IMPOSSIBLE
  }

  /**
   * What stands under a name.
   *
   * @param size of a file, in bytes
   * @param modified the time of change of a file
   * @param bytes tells files that are the same bytes on the disk: equal when and only when they are
   * @param links how many names these bytes have, also outside the store; 1 where it is not known
   * @param why it is no file, for people; empty for a file
   */
  public record Look(
      State state, long size, Instant modified, Object bytes, int links, String why) {
    static Look no(State state, String why) {
      return new Look(state, 0, Instant.EPOCH, "", 0, why);
    }

    public boolean isFile() {
      return state == State.FILE;
    }
  }

  /**
   * Something found in the store.
   *
   * @param storedAs its name, for people where it is no text
   */
  public record Seen(String storedAs, Path path, Look look) {}

  /** The content of a file as it was read. */
  public record Content(long size, Sha256 digest) {}

  /** Hears what lies in the store. */
  public interface Visitor {
    void seen(Seen seen) throws InterruptedIOException;
  }

  /** Is told of every piece that is read, and may wait or give up. */
  public interface Pace {
    void read(int bytes) throws InterruptedIOException;
  }

  /** What stands under this name. */
  public Look look(String storedAs) {
    try {
      return look(folders.resolve(storedAs));
    } catch (InvalidPathException e) {
      return Look.no(State.IMPOSSIBLE, "the name cannot be used on this system: " + e.getReason());
    } catch (IllegalArgumentException e) {
      return Look.no(State.IMPOSSIBLE, String.valueOf(e.getMessage()));
    }
  }

  /** The file with this name, as {@link #walk} would show it; nothing when there is none. */
  public Optional<Seen> see(String storedAs) {
    Look look = look(storedAs);
    return look.isFile()
        ? Optional.of(new Seen(storedAs, folders.resolve(storedAs), look))
        : Optional.empty();
  }

  Look look(Path path) {
    try {
      Map<String, Object> found =
          Files.readAttributes(
              path,
              unix
                  ? "unix:isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,fileKey,nlink"
                  : "isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,fileKey",
              LinkOption.NOFOLLOW_LINKS);
      if (!is(found, "isRegularFile")) {
        return Look.no(
            State.STRANGE,
            is(found, "isDirectory")
                ? "a folder stands there"
                : is(found, "isSymbolicLink")
                    ? "a symbolic link stands there"
                    : "a special file stands there");
      }
      Object key = found.get("fileKey");
      return new Look(
          State.FILE,
          (long) found.get("size"),
          ((FileTime) found.get("lastModifiedTime")).toInstant(),
          key == null ? path : key,
          unix ? (int) found.get("nlink") : 1,
          "");
    } catch (NoSuchFileException e) {
      return Look.no(State.ABSENT, "no such file");
    } catch (IOException e) {
      // A file where a folder should be is no failure of the disk.
      return DiskWords.sayNotAFolder(e)
          ? Look.no(State.ABSENT, "a folder of its name is none")
          : Look.no(State.UNREADABLE, reason(e));
    }
  }

  private static boolean is(Map<String, Object> found, String attribute) {
    return Boolean.TRUE.equals(found.get(attribute));
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "this user has no right to read it"
        : "the disk says: " + e;
  }

  /** Shows everything that lies in the folders of clients, folders that can be entered excepted. */
  public void walk(Visitor visitor) throws InterruptedIOException {
    Deque<Path> open = new ArrayDeque<>();
    open.push(store);
    while (!open.isEmpty()) {
      Path folder = open.pop();
      try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
        for (Path path : names) {
          boolean own = folder.equals(store) && OWN.contains(path.getFileName().toString());
          if (own) {
            continue;
          }
          if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            open.push(path);
          } else {
            visitor.seen(new Seen(folders.storedAs(path), path, look(path)));
          }
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // Removed meanwhile; what it held will be missed by its rows.
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException | DirectoryIteratorException e) {
        visitor.seen(
            new Seen(
                folder.equals(store) ? "." : folders.storedAs(folder),
                folder,
                Look.no(State.UNREADABLE, "the folder cannot be listed: " + e)));
      }
    }
  }

  /**
   * Reads a file from its beginning to its end.
   *
   * @throws StorageException when it cannot be read
   * @throws InterruptedIOException when the pace gives up
   */
  public Content content(String storedAs, Pace pace) throws InterruptedIOException {
    return content(folders.resolve(storedAs), pace);
  }

  Content content(Path path, Pace pace) throws InterruptedIOException {
    ByteBuffer buffer = buffers.get();
    MessageDigest digest = Sha256.start();
    long size = 0;
    try (FileChannel in =
        disk.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      int count;
      while ((count = in.read(buffer.clear())) >= 0) {
        digest.update(buffer.array(), 0, count);
        size += count;
        pace.read(count);
      }
      return new Content(size, Sha256.finish(digest));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (ClosedByInterruptException e) {
      throw new InterruptedIOException("reading " + path + " again");
    } catch (IOException e) {
      throw new StorageException(StorageException.Reason.FAILED, reason(e), e);
    }
  }

  /** The content of something that {@link #walk} showed. */
  public Content content(Seen seen, Pace pace) throws InterruptedIOException {
    return content(seen.path(), pace);
  }

  /** The names of files of uploads that have one and are not over: they await their commit. */
  public Set<String> awaitingCommit() {
    Set<String> names = new HashSet<>();
    for (Upload upload : uploads.all()) {
      upload.placedAs().ifPresent(names::add);
    }
    return names;
  }

  /** How many names outside the folders of clients these bytes have: in uploads and set aside. */
  public Map<Object, Integer> namesElsewhere() throws InterruptedIOException {
    Map<Object, Integer> count = new HashMap<>();
    for (String own : List.of(".partial", Quarantine.FOLDER)) {
      Path root = store.resolve(own);
      Deque<Path> open = new ArrayDeque<>(List.of(root));
      while (!open.isEmpty()) {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(open.pop())) {
          for (Path path : names) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
              open.push(path);
            } else {
              Look look = look(path);
              if (look.isFile()) {
                count.merge(look.bytes(), 1, Integer::sum);
              }
            }
          }
        } catch (IOException | DirectoryIteratorException e) {
          // There is none, or it says so where it is used.
        }
      }
    }
    return count;
  }

  /**
   * Files of the working area that belong to no upload. One that ends is forgotten a moment before
   * its file is gone, so that what looks so is looked at again.
   */
  public List<Seen> strays() {
    List<Seen> strays = straysNow();
    for (int look = 1; look < LOOKS_FOR_STRAYS && !strays.isEmpty(); look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      Set<Path> still = straysNow().stream().map(Seen::path).collect(Collectors.toSet());
      strays = strays.stream().filter(seen -> still.contains(seen.path())).toList();
    }
    return strays;
  }

  private List<Seen> straysNow() {
    return files.strays(number -> uploads.find(number).isPresent()).stream()
        .map(path -> new Seen(".partial/" + path.getFileName(), path, look(path)))
        .filter(seen -> seen.look().state() != State.ABSENT)
        .toList();
  }

  /** Uploads of which bytes were acknowledged and whose file is not there. */
  public List<Upload> lostUploads() {
    return uploads.all().stream().filter(this::lost).toList();
  }

  private boolean lost(Upload upload) {
    synchronized (upload) {
      return !upload.over() && upload.began() && upload.key().size() > 0 && !files.has(upload);
    }
  }

  /** The upload whose bytes go to this file of the working area. */
  static Optional<Long> uploadOf(String name) {
    String digits = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    try {
      return digits.length() == 16
          ? Optional.of(Long.parseUnsignedLong(digits, 16))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
