package org.acopio.thumbnail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.thumbnail.Outcome.Refused;

/**
 * Outcomes on disk, by digest and kind: {@code aa/bb/DIGEST-KIND}. Everything in it may be deleted
 * at any time by anybody; what is not whole is as good as not there. When it outgrows its limit,
 * what was not used for the longest time goes. Thread-safe.
 */
final class Cache {
  private static final Logger LOG = System.getLogger(Cache.class.getName());

  /** After this long a refusal that may have been bad luck is looked into again. */
  static final Duration SECOND_CHANCE = Duration.ofDays(7);

  /** Uses within this time count as one, so that a hit need not write. */
  private static final Duration SAME_USE = Duration.ofHours(12);

  private static final Set<Reason> MAY_BE_BAD_LUCK =
      EnumSet.of(Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY, Reason.CRASHED);

  private final Path folder;
  private final long maxBytes;
  private final Clock clock;
  private final Object lock = new Object();

  /** Of all files together; negative until they were counted. */
  private long bytes = -1;

  Cache(Path folder, long maxBytes, Clock clock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** What was kept under this key. */
  Optional<Outcome> find(String digest, String kind) {
    Path file = file(digest, kind);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Outcome outcome = Frames.readOutcome(in);
      Instant used = Files.getLastModifiedTime(file).toInstant();
      Instant now = clock.instant();
      if (outcome instanceof Refused refused
          && MAY_BE_BAD_LUCK.contains(refused.reason())
          && used.plus(SECOND_CHANCE).isBefore(now)) {
        return Optional.empty();
      }
      if (!(outcome instanceof Refused) && used.plus(SAME_USE).isBefore(now)) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
      return Optional.of(outcome);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} is made again: {1}", file, e);
      return Optional.empty();
    }
  }

  /** Keeps an outcome, if the disk lets it: without it everything works, but slower. */
  void keep(String digest, String kind, Outcome outcome) {
    if (maxBytes == 0) {
      return;
    }
    Path file = file(digest, kind);
    try {
      Files.createDirectories(folder, ownerOnly());
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "new", ".tmp");
      try {
        write(outcome, fresh);
        grow(Files.size(fresh) - sizeOf(file));
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a picture cannot be kept in {0}: {1}", folder, e);
    }
  }

  private static void write(Outcome outcome, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Frames.write(outcome, out);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private void grow(long more) throws IOException {
    synchronized (lock) {
      if (bytes < 0) {
        bytes = all().stream().mapToLong(Kept::bytes).sum();
      } else {
        bytes += more;
      }
      if (bytes > maxBytes) {
        shrink();
      }
    }
  }

  /** Down to nine tenths, so that not every new picture comes here. */
  private void shrink() throws IOException {
    List<Kept> files = all();
    files.sort(Comparator.comparing(Kept::used));
    bytes = files.stream().mapToLong(Kept::bytes).sum();
    for (Kept kept : files) {
      if (bytes <= maxBytes / 10 * 9) {
        return;
      }
      Files.deleteIfExists(kept.file());
      bytes -= kept.bytes();
    }
  }

  private List<Kept> all() throws IOException {
    List<Kept> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(
                  new Kept(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Somebody deletes while this looks.
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Rights for a directory that only its owner may enter, where the file system has rights. */
  private FileAttribute<?>[] ownerOnly() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private Path file(String digest, String kind) {
    return folder
        .resolve(digest.substring(0, 2))
        .resolve(digest.substring(2, 4))
        .resolve(digest + "-" + kind);
  }

  private record Kept(Path file, long bytes, Instant used) {}
}
