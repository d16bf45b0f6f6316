package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.acopio.catalog.FolderPage.Place;

/**
 * Finds what lies directly in a folder among all files of an agent, when those are too many for a
 * {@link FolderTree}. Keeps the first of what it has found only: what was dropped comes after all
 * of them, so that a folder that is kept has all its files counted.
 */
final class FolderScan {
  private final FolderQuery query;
  private final byte[] folder;
  private final TreeMap<Place, Entry> found = new TreeMap<>();

  /** What is known of a place so far. */
  private static final class Entry {
    private long files;
    private long bytes;
    private int version;
    private String mediaType = "";
  }

  FolderScan(FolderQuery query) {
    this.query = query;
    folder = query.folder();
  }

  /** Looks at the next files of an agent; returns the last number, or 0 when there are no more. */
  long chunk(EntityManager entities, long agent, long after) {
    List<Object[]> rows = new FolderRows(entities, query.client()).after(agent, after);
    rows.forEach(this::look);
    return rows.size() < FolderRows.CHUNK ? 0 : Rows.int64(rows.get(rows.size() - 1)[0]);
  }

  private void look(Object[] row) {
    byte[] path = FolderRows.path(row[1]);
    int start = start(path);
    if (start < 0) {
      return;
    }
    int end = start;
    while (end < path.length && !separates(path, start, end)) {
      end++;
    }
    boolean file = end == path.length;
    byte[] name = Arrays.copyOfRange(path, start, end);
    entry(new Place(file, name, file ? Rows.int64(row[0]) : 0))
        .ifPresent(entry -> count(entry, row));
  }

  private static void count(Entry entry, Object[] row) {
    entry.files++;
    entry.bytes += Rows.int64(row[2]);
    entry.version = Rows.int32(row[3]);
    entry.mediaType = (String) row[4];
  }

  /** Where the name in this folder begins, or -1 when the path does not lie in it. */
  private int start(byte[] path) {
    if (folder.length == 0) {
      return 0;
    }
    boolean below =
        path.length > folder.length + 1
            && path[folder.length] == '/'
            && Arrays.equals(path, 0, folder.length, folder, 0, folder.length);
    return below ? folder.length + 1 : -1;
  }

  /** As in the store, a slash that has no name before or behind it belongs to a name. */
  private static boolean separates(byte[] path, int start, int at) {
    return path[at] == '/' && at > start && at < path.length - 1;
  }

  private Optional<Entry> entry(Place place) {
    if (query.after().filter(after -> place.compareTo(after) <= 0).isPresent()) {
      return Optional.empty();
    }
    // One more than the page has, to know whether there is a next one.
    boolean full = found.size() > query.limit();
    if (full && place.compareTo(found.lastKey()) > 0) {
      return Optional.empty();
    }
    Entry entry = found.computeIfAbsent(place, fresh -> new Entry());
    if (found.size() > query.limit() + 1) {
      found.pollLastEntry();
    }
    return Optional.of(entry);
  }

  FolderPage page() {
    Optional<Place> next = Optional.empty();
    if (found.size() > query.limit()) {
      found.pollLastEntry();
      next = Optional.of(found.lastKey());
    }
    List<FolderPage.Folder> folders = new ArrayList<>();
    List<FolderPage.File> files = new ArrayList<>();
    for (Map.Entry<Place, Entry> each : found.entrySet()) {
      Place place = each.getKey();
      Entry entry = each.getValue();
      if (place.file()) {
        files.add(
            new FolderPage.File(
                place.number(), place.text(), entry.version, entry.bytes, entry.mediaType));
      } else {
        folders.add(
            new FolderPage.Folder(below(place.name()), place.text(), entry.files, entry.bytes));
      }
    }
    return new FolderPage(folders, files, next);
  }

  private byte[] below(byte[] name) {
    if (folder.length == 0) {
      return name;
    }
    byte[] path = Arrays.copyOf(folder, folder.length + 1 + name.length);
    path[folder.length] = '/';
    System.arraycopy(name, 0, path, folder.length + 1, name.length);
    return path;
  }
}
