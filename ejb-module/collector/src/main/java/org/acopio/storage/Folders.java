package org.acopio.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.acopio.remote.FilePath;

/**
 * Finds free names in the store, and makes the folders that lead to them. Never follows a link: a
 * folder's name that is taken by anything but a folder gets a number. Used by one thread at a time.
 */
final class Folders {
  private static final int REMEMBERED = 10_000;

  private final Path store;
  private final StoredNames names;
  private final Set<Path> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  Folders(Path store, StoredNames names) {
    this.store = store;
    this.names = names;
  }

  /**
   * A name that nobody has, in a folder that is there.
   *
   * @param taken names that were given out and may not be on the disk yet; the new one joins them
   * @param touched gets every directory that must be synced once the name is used
   */
  Path free(String address, FilePath path, Set<Path> taken, Set<Path> touched) throws IOException {
    List<String> segments = names.segments(path);
    Path folder = enter(store, names.folder(address), taken, touched);
    for (String name : segments.subList(0, segments.size() - 1)) {
      folder = enter(folder, name, taken, touched);
    }
    Path free = firstFree(folder, segments.get(segments.size() - 1), taken, touched);
    taken.add(free);
    touched.add(free.getParent());
    return free;
  }

  /**
   * In steps that double, then by halves: an agent can have ten thousand versions of one path, and
   * looking at each for each would hold up everybody. Numbers are given out one after the other, so
   * this is the first that is free, or another free one where somebody has removed files.
   */
  private Path firstFree(Path folder, String wanted, Set<Path> taken, Set<Path> touched)
      throws IOException {
    int used = 0;
    int number = 1;
    while (isTaken(occupant(folder, wanted, number, taken, touched), taken)) {
      used = number;
      number = Math.multiplyExact(number, 2);
    }
    while (number - used > 1) {
      int middle = used + (number - used) / 2;
      if (isTaken(occupant(folder, wanted, middle, taken, touched), taken)) {
        used = middle;
      } else {
        number = middle;
      }
    }
    return occupant(folder, wanted, number, taken, touched);
  }

  private static boolean isTaken(Path candidate, Set<Path> taken) {
    return taken.contains(candidate) || Files.exists(candidate, LinkOption.NOFOLLOW_LINKS);
  }

  /** Forgets which folders were there: somebody may have removed one. */
  void forget() {
    known.clear();
  }

  /** The path relative to the store, with {@code /} between the names. */
  String storedAs(Path file) {
    StringBuilder text = new StringBuilder();
    for (Path name : store.relativize(file)) {
      text.append(text.length() == 0 ? "" : "/").append(name);
    }
    return text.toString();
  }

  /** The file with this stored name, inside the store whatever the name says. */
  Path resolve(String storedAs) {
    Path file = store.resolve(storedAs).normalize();
    if (!file.startsWith(store) || file.equals(store)) {
      throw new IllegalArgumentException("'" + storedAs + "' is no name in the store");
    }
    return file;
  }

  private Path enter(Path parent, String name, Set<Path> taken, Set<Path> touched)
      throws IOException {
    for (int number = 1; ; number++) {
      Path folder = occupant(parent, name, number, taken, touched);
      if (known.contains(folder)) {
        return folder;
      }
      // A file of the same group that is about to get this name would find the folder there.
      if (!taken.contains(folder) && isFolder(folder, touched)) {
        known.add(folder);
        return folder;
      }
    }
  }

  /** The number-th name for a file or folder, inside the folders that a long one continues in. */
  private Path occupant(Path parent, String name, int number, Set<Path> taken, Set<Path> touched)
      throws IOException {
    List<String> names = this.names.occupant(name, number);
    Path folder = parent;
    for (String part : names.subList(0, names.size() - 1)) {
      folder = enter(folder, part, taken, touched);
    }
    return folder.resolve(names.get(names.size() - 1));
  }

  /**
   * A folder that was there may not be durable: whoever made it may have been killed, or have met a
   * disk that failed, before the sync. So the first look at it has its parent synced as well.
   */
  private boolean isFolder(Path folder, Set<Path> touched) throws IOException {
    try {
      Files.createDirectory(folder, ownerOnly(folder));
    } catch (FileAlreadyExistsException e) {
      if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory()) {
        return false;
      }
    }
    touched.add(folder.getParent());
    return true;
  }

  /** Rights for a new directory that only its owner may enter, where the file system has rights. */
  static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** An empty set for {@code touched}. */
  static Set<Path> none() {
    return new LinkedHashSet<>();
  }
}
