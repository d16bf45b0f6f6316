package org.acopio.client.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.acopio.media.MediaKind;

/**
 * What a scan found.
 *
 * @param roots what was scanned, links resolved
 * @param files each file that is to be collected, once, by path
 * @param kinds how many files of each kind and of what size; every kind is there
 * @param problems why files may be missing
 */
public record ScanResult(
    List<Path> roots, List<MediaFile> files, Map<MediaKind, Tally> kinds, List<Notice> problems) {
  private static final Set<Notice.Kind> FILES =
      EnumSet.of(Notice.Kind.UNREADABLE_FILE, Notice.Kind.DENIED_FILE);

  public ScanResult {
    roots = List.copyOf(roots);
    files = Collections.unmodifiableList(files);
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
    problems = List.copyOf(problems);
  }

  /** A number of files and their size. */
  public record Tally(long files, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(long size) {
      return new Tally(files + 1, bytes + size);
    }
  }

  static ScanResult of(List<Path> roots, List<MediaFile> files, List<Notice> problems) {
    Map<MediaKind, Tally> kinds = new EnumMap<>(MediaKind.class);
    for (MediaKind kind : MediaKind.values()) {
      kinds.put(kind, Tally.NONE);
    }
    for (MediaFile file : files) {
      kinds.put(file.kind(), kinds.get(file.kind()).plus(file.stamp().size()));
    }
    return new ScanResult(roots, files, kinds, problems);
  }

  /** Those of the problems that are a file; whether it is a media file was not to be seen. */
  public List<Notice> unreadable() {
    return problems(true);
  }

  /** Those of the problems that are a place with any number of files in it. */
  public List<Notice> unseen() {
    return problems(false);
  }

  /** A loop: see {@link Scanner} on lambdas. */
  private List<Notice> problems(boolean files) {
    List<Notice> some = new ArrayList<>();
    for (Notice problem : problems) {
      if (FILES.contains(problem.kind()) == files) {
        some.add(problem);
      }
    }
    return some;
  }

  /** The size of all files, in bytes. */
  public long bytes() {
    long bytes = 0;
    for (Tally tally : kinds.values()) {
      bytes += tally.bytes;
    }
    return bytes;
  }
}
