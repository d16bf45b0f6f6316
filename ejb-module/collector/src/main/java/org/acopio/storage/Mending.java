package org.acopio.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.acopio.remote.Sha256;

/**
 * Puts a store right without destroying a byte: files are moved, linked and copied, never deleted
 * or written to. Every method is durable when it returns, and fails with {@link StorageException},
 * which leaves things as they were. Used by one thread at a time; files may be collected meanwhile.
 */
public final class Mending {
  private final Path store;
  private final Folders folders;
  private final Inspection inspection;
  private final Quarantine quarantine;
  private final Uploads uploads;
  private final PartialFiles files;
  private final Disk disk;
  private final StoredNames names;

  Mending(
      Path store,
      Folders folders,
      StoredNames names,
      Inspection inspection,
      Quarantine quarantine,
      Uploads uploads,
      PartialFiles files,
      Disk disk) {
    this.store = store;
    this.folders = folders;
    this.names = names;
    this.inspection = inspection;
    this.quarantine = quarantine;
    this.uploads = uploads;
    this.files = files;
    this.disk = disk;
  }

  /**
   * Moves what stands under this name out of the way.
   *
   * @return where it is now, relative to the store
   */
  public String setAside(String storedAs) {
    return setAside(folders.resolve(storedAs), storedAs);
  }

  /** Moves what was seen out of the way. */
  public String setAside(Inspection.Seen seen) {
    return setAside(seen.path(), store.relativize(seen.path()).toString());
  }

  private String setAside(Path file, String as) {
    try {
      return quarantine.take(file, as);
    } catch (IOException e) {
      throw StorageException.of(as + " cannot be set aside", e);
    }
  }

  /**
   * Gives the content of a file to a name that is free, by a link, or by a copy that is compared
   * where the disk has no links.
   *
   * @return the name that it got: {@code storedAs}, or one beside it when that is taken
   */
  public String restore(Inspection.Seen copy, String storedAs, Sha256 digest)
      throws InterruptedIOException {
    try {
      Path wanted = folders.resolve(storedAs);
      Files.createDirectories(wanted.getParent(), Folders.ownerOnly(store));
      for (int number = 1; ; number++) {
        Path name = occupant(wanted, number);
        if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS) && gave(copy.path(), name, digest)) {
          syncUp(name.getParent());
          return folders.storedAs(name);
        }
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw StorageException.of(storedAs + " cannot be restored", e);
    }
  }

  private Path occupant(Path wanted, int number) throws IOException {
    List<String> parts = names.occupant(wanted.getFileName().toString(), number);
    Path name = wanted.getParent();
    for (String part : parts) {
      name = name.resolve(part);
    }
    Files.createDirectories(name.getParent(), Folders.ownerOnly(store));
    return name;
  }

  /** False when somebody took the name meanwhile. */
  private boolean gave(Path copy, Path name, Sha256 digest) throws IOException {
    try {
      disk.link(name, copy);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException | UnsupportedOperationException e) {
      Path next = store.resolve(".acopio").resolve("restored");
      Files.deleteIfExists(next);
      Files.copy(copy, next, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        out.force(true);
      }
      if (!inspection.content(next, bytes -> {}).digest().equals(digest)) {
        throw new IOException("the copy of " + copy + " does not hold what was copied", e);
      }
      disk.move(next, name);
      return true;
    }
  }

  /** Folders that were made on the way are to last too. */
  private void syncUp(Path folder) throws IOException {
    for (Path at = folder; at.startsWith(store); at = at.getParent()) {
      disk.sync(at);
    }
  }

  /** Gives a file the time of change that it should have. */
  public void setModified(String storedAs, Instant modified) {
    try {
      Files.setLastModifiedTime(folders.resolve(storedAs), FileTime.from(modified));
    } catch (IOException e) {
      throw StorageException.of("the time of " + storedAs + " cannot be set", e);
    }
  }

  /** Gives an upload up whose bytes are gone. */
  public void giveUp(Upload upload) {
    if (!files.has(upload)) {
      uploads.discard(upload);
    }
  }
}
