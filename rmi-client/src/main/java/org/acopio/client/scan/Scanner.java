package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds every media file below some roots. Follows no link below them, opens regular files only,
 * and leaves out the system's pseudo files, stores of collected files and the journal. What cannot
 * be read is reported and the rest goes on. One scanner serves one scan.
 */
public final class Scanner {
  private static final Set<String> PSEUDO_FILES = Set.of("/proc", "/sys", "/dev", "/run");
  private static final Path STORE_MARK = Path.of(".acopio", "format");
  private static final int LOOKED_EACH = 4096;

  // No lambdas on the way through a scan that finds nothing new: the first one costs a cold JVM
  // more
  // than looking at a thousand files.
  private static final Comparator<MediaFile> BY_PATH =
      new Comparator<>() {
        @Override
        public int compare(MediaFile one, MediaFile other) {
          return Arrays.compareUnsigned(one.wirePath(), other.wirePath());
        }
      };

  private final Journal journal;
  private final ScanListener listener;
  private final Path journalDirectory;
  private final List<MediaFile> files = new ArrayList<>();
  private final List<Notice> problems = new ArrayList<>();
  private final Deque<Directory> waiting = new ArrayDeque<>();
  private Set<Path> roots = Set.of();
  private Path root = Path.of("");
  private boolean unix;
  private long looked;

  /**
   * @param journal asked and told about each file; it stays open
   */
  public Scanner(Journal journal, ScanListener listener) {
    this.journal = journal;
    this.listener = listener;
    this.journalDirectory = journal.directory();
  }

  /** A directory to be listed, with the ones that it lies in up to its root. */
  private record Directory(Path path, FileStatus status, @Nullable Directory parent) {
    boolean isWithinItself() {
      for (Directory above = parent; above != null; above = above.parent) {
        if (above.status.sameDirectory(status)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Scans directories and single files. A root that is a link stands for what it points to; a root
   * within another one, or given twice, counts once.
   *
   * @throws IOException when a root is not there
   * @throws InterruptedException when the thread is interrupted while it waits for what was read
   */
  public ScanResult scan(List<Path> givenRoots) throws IOException, InterruptedException {
    roots = resolve(givenRoots);
    try (Detection detection = new Detection(journal, sink())) {
      for (Path root : roots) {
        unix = FileStatus.unixViewOf(root);
        this.root = root;
        look(root, null, null, detection);
        while (!waiting.isEmpty()) {
          list(waiting.pop(), detection);
        }
      }
      detection.finish();
    }
    forgetWhatIsGone();
    files.sort(BY_PATH);
    return ScanResult.of(List.copyOf(roots), files, problems);
  }

  private Set<Path> resolve(List<Path> given) throws IOException {
    Set<Path> real = new LinkedHashSet<>();
    for (Path root : given) {
      Path target = root.toRealPath();
      if (Files.isSymbolicLink(root)) {
        noticed(new Notice(Notice.Kind.ROOT_IS_LINK, root, target.toString()));
      }
      real.add(target);
    }
    return real;
  }

  private void list(Directory directory, Detection detection) throws InterruptedException {
    try (DirectoryStream<Path> entries = Way.list(directory.path)) {
      if (!directory.status.isOf(entries)) {
        throw new NotDirectoryException(directory.path.toString());
      }
      for (Path entry : entries) {
        // What is a root of its own is scanned as that, and not here as well.
        if (roots.size() == 1 || !roots.contains(entry)) {
          look(entry, directory, entries, detection);
        }
      }
    } catch (DirectoryIteratorException e) {
      unreadable(directory.path, e.getCause());
    } catch (NoSuchFileException e) {
      // Deleted since its parent was listed.
      return;
    } catch (IOException e) {
      unreadable(directory.path, e);
    }
  }

  private void look(
      Path path,
      @Nullable Directory parent,
      @Nullable DirectoryStream<Path> entries,
      Detection detection)
      throws InterruptedException {
    FileStatus status;
    try {
      status = FileStatus.of(path, unix);
      if (entries != null && status.type() == FileStatus.Type.DIRECTORY) {
        // A folder above may be a link by now, so that the path leads elsewhere: a directory is
        // listed only if it is the one in the folder that is open. A file is opened in that way.
        status.requireIn(entries, path);
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      noticed(Notice.unreadableFile(path, e));
      return;
    }
    switch (status.type()) {
      case REGULAR -> regular(path, status.stamp(), detection);
      case DIRECTORY -> directory(new Directory(path, status, parent));
      case OTHER -> {
        // Opening a pipe or a device may block or do harm; a link leads to what is not ours.
      }
    }
  }

  private void regular(Path path, FileStamp stamp, Detection detection)
      throws InterruptedException {
    if (++looked % LOOKED_EACH == 0) {
      listener.looked(looked);
    }
    byte[] wirePath = WirePath.of(path);
    Optional<JournalRecord.Known> known = journal.find(wirePath, stamp);
    if (known.isEmpty()) {
      detection.submit(root, path, wirePath, stamp);
    } else if (!known.get().mediaType().isEmpty()) {
      String type = known.get().mediaType();
      MediaKind kind = MediaKind.of(type).orElseThrow();
      found(new MediaFile(root, path, wirePath, stamp, type, kind, known.get().digest()));
    }
  }

  private void directory(Directory directory) {
    Path path = directory.path;
    if (path.equals(journalDirectory)) {
      return;
    }
    if (directory.parent != null && PSEUDO_FILES.contains(path.toString())) {
      return;
    }
    if (isStore(path) || (directory.parent == null && isWithinStore(path))) {
      noticed(new Notice(Notice.Kind.STORE, path, ""));
      return;
    }
    if (directory.isWithinItself()) {
      noticed(new Notice(Notice.Kind.LOOP, path, ""));
      return;
    }
    waiting.push(directory);
  }

  private static boolean isStore(Path directory) {
    return Files.exists(directory.resolve(STORE_MARK), LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isWithinStore(Path directory) {
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      if (isStore(above)) {
        return true;
      }
    }
    return false;
  }

  /** Where something could not be read, what the journal has of it is kept. */
  private void forgetWhatIsGone() {
    if (problems.isEmpty()) {
      for (Path root : roots) {
        journal.forgetUnseen(WirePath.of(root));
      }
    }
    journal.flush();
  }

  private void unreadable(Path directory, IOException e) {
    noticed(Notice.unreadableDirectory(directory, e));
  }

  private Detection.Sink sink() {
    return new Detection.Sink() {
      @Override
      public void found(MediaFile file) {
        Scanner.this.found(file);
      }

      @Override
      public void noticed(Notice notice) {
        Scanner.this.noticed(notice);
      }
    };
  }

  private synchronized void found(MediaFile file) {
    files.add(file);
  }

  private synchronized void noticed(Notice notice) {
    if (notice.kind().problem()) {
      problems.add(notice);
    }
    listener.noticed(notice);
  }
}
