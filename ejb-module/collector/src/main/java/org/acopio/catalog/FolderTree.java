package org.acopio.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.FolderPage.Place;

/**
 * All files of an agent or an address in the order of a walk through their folders, so that a
 * folder is a range, found and counted without a look at what is in it. Never changes; safe for use
 * by many threads.
 */
final class FolderTree {
  static final FolderTree EMPTY = new FolderTree(new File[0]);

  /** What a file takes beside its key: objects, and its part of two arrays. */
  private static final int FILE_BYTES = 80;

  private static final Comparator<File> ORDER =
      Comparator.comparing(File::key, Arrays::compareUnsigned).thenComparingLong(File::number);

  private final File[] files;

  /** The bytes of all files before each one, and of all. */
  private final long[] sums;

  private final long bytes;

  /**
   * What is kept of a version of a file.
   *
   * @param key of its path, as {@link FolderKey} has it; never changed
   */
  record File(byte[] key, long number, int version, long size, String mediaType) {
    /** About how much memory this takes, with its part of the arrays of a tree. */
    long bytes() {
      return (long) FILE_BYTES + key.length;
    }
  }

  private FolderTree(File[] sorted) {
    files = sorted;
    sums = new long[files.length + 1];
    long length = 0;
    for (int i = 0; i < files.length; i++) {
      sums[i + 1] = sums[i] + files[i].size;
      length += files[i].bytes();
    }
    bytes = length;
  }

  /** This and these files, none of which is here. */
  FolderTree plus(List<File> more) {
    File[] sorted = more.toArray(File[]::new);
    Arrays.sort(sorted, ORDER);
    File[] all = new File[files.length + sorted.length];
    int from = 0;
    int at = 0;
    for (File file : sorted) {
      int to = firstAfter(file, from);
      System.arraycopy(files, from, all, at, to - from);
      at += to - from;
      all[at++] = file;
      from = to;
    }
    System.arraycopy(files, from, all, at, files.length - from);
    return new FolderTree(all);
  }

  private int firstAfter(File file, int from) {
    int at = Arrays.binarySearch(files, from, files.length, file, ORDER);
    return at < 0 ? -at - 1 : at;
  }

  int count() {
    return files.length;
  }

  /** About how much memory this takes. */
  long bytes() {
    return bytes;
  }

  FolderPage page(FolderQuery query) {
    byte[] prefix = FolderKey.ofFolder(query.folder());
    if (prefix.length > 0 && prefix[prefix.length - 1] != FolderKey.SEPARATOR) {
      return new FolderPage(List.of(), List.of(), Optional.empty());
    }
    return new Walk(query, prefix).page();
  }

  /** One way through a folder, as far as a page goes. */
  private final class Walk {
    private final FolderQuery query;
    private final byte[] prefix;
    private final int first;
    private final int end;
    private final List<FolderPage.Folder> foundFolders = new ArrayList<>();
    private final List<FolderPage.File> foundFiles = new ArrayList<>();
    private Optional<Place> last = Optional.empty();

    Walk(FolderQuery query, byte[] prefix) {
      this.query = query;
      this.prefix = prefix;
      first = before(prefix, 0);
      end = prefix.length == 0 ? files.length : before(behind(prefix), first);
    }

    FolderPage page() {
      boolean more = !query.after().filter(Place::file).isPresent() && folders();
      more = more || files();
      return new FolderPage(foundFolders, foundFiles, more ? last : Optional.empty());
    }

    private boolean isFull() {
      return foundFolders.size() + foundFiles.size() == query.limit();
    }

    /** Takes folders; returns true when there are more than the page holds. */
    private boolean folders() {
      int at =
          query.after().map(after -> before(behind(folder(after.name())), first)).orElse(first);
      while (at < end) {
        int slash = slash(at);
        if (slash < 0) {
          at++;
          continue;
        }
        if (isFull()) {
          return true;
        }
        int next = beyond(at, slash);
        byte[] name = FolderKey.text(files[at].key, prefix.length, slash);
        Place place = new Place(false, name, 0);
        foundFolders.add(
            new FolderPage.Folder(
                FolderKey.text(files[at].key, 0, slash),
                place.text(),
                next - at,
                sums[next] - sums[at]));
        last = Optional.of(place);
        at = next;
      }
      return false;
    }

    /** The same of files. */
    private boolean files() {
      int at = query.after().filter(Place::file).map(this::behindFile).orElse(first);
      while (at < end) {
        int slash = slash(at);
        if (slash >= 0) {
          at = beyond(at, slash);
          continue;
        }
        if (isFull()) {
          return true;
        }
        File file = files[at];
        byte[] name = FolderKey.text(file.key, prefix.length, file.key.length);
        Place place = new Place(true, name, file.number);
        foundFiles.add(
            new FolderPage.File(
                file.number, place.text(), file.version, file.size, file.mediaType));
        last = Optional.of(place);
        at++;
      }
      return false;
    }

    private int behindFile(Place place) {
      byte[] key = join(prefix, FolderKey.ofName(place.name()));
      int at = Math.max(first, before(key, first));
      while (at < end && Arrays.equals(files[at].key, key) && files[at].number <= place.number()) {
        at++;
      }
      return at;
    }

    private byte[] folder(byte[] name) {
      byte[] key = join(prefix, FolderKey.ofName(name));
      return Arrays.copyOf(key, key.length + 1);
    }

    /** Where the name in this folder ends, when it is a folder's; else -1. */
    private int slash(int at) {
      byte[] key = files[at].key;
      for (int i = prefix.length; i < key.length; i++) {
        if (key[i] == FolderKey.SEPARATOR) {
          return i;
        }
      }
      return -1;
    }

    /** The first file behind the folder that this one lies in. */
    private int beyond(int at, int slash) {
      return before(behind(Arrays.copyOf(files[at].key, slash + 1)), at);
    }
  }

  /** The least key behind everything that begins with this one, which ends in a separator. */
  private static byte[] behind(byte[] key) {
    byte[] behind = key.clone();
    behind[behind.length - 1]++;
    return behind;
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** How many files have a lesser key, of which there are {@code least}; looks near there first. */
  private int before(byte[] key, int least) {
    int low = least;
    int step = 1;
    while (low + step <= files.length && isBefore(low + step - 1, key)) {
      low += step;
      step <<= 1;
    }
    int high = Math.min(files.length, low + step - 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(middle, key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isBefore(int at, byte[] key) {
    return Arrays.compareUnsigned(files[at].key, key) < 0;
  }
}
