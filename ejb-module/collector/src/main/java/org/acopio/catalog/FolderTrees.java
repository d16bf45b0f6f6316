package org.acopio.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of agents and addresses that somebody has looked at of late, in memory. A tree is
 * brought up to date whenever it is asked for; what was not asked for the longest is forgotten when
 * all take too much. Safe for use by many threads; trees are read one at a time, so that many who
 * ask at once need no more memory than one.
 */
final class FolderTrees {
  private final Asked asked;
  private final long maxBytes;
  private final Object reading = new Object();

  /** The ones asked for last come last. */
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param maxBytes about how much memory all may take; more is taken while one is read
   */
  FolderTrees(Asked asked, long maxBytes) {
    this.asked = asked;
    this.maxBytes = maxBytes;
  }

  /** Whose folders they are: an agent's, or those of an address and the agents behind it. */
  private record Key(List<Long> agents, Optional<Long> client) {
    static Key of(FolderQuery query) {
      return new Key(query.agents().stream().distinct().sorted().toList(), query.client());
    }
  }

  /** A tree and how far it was read; guarded by itself. */
  private static final class Kept {
    private FolderTree tree = FolderTree.EMPTY;
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, Long> lasts = new HashMap<>();
    private boolean tooLarge;

    /** Guarded by the map of all. */
    private long bytes;

    boolean has(long agent, long held) {
      return counts.getOrDefault(agent, 0L) >= held;
    }

    /** True when the catalog has less than was read: it came from a backup. */
    boolean isBeyond(Map<Long, Long> held) {
      return counts.entrySet().stream()
          .anyMatch(each -> each.getValue() > held.getOrDefault(each.getKey(), 0L));
    }

    void clear() {
      tree = FolderTree.EMPTY;
      counts.clear();
      lasts.clear();
    }
  }

  /** The files of a query's agents, or nothing when they are too many to be kept. */
  Optional<FolderTree> of(FolderQuery query) {
    Key key = Key.of(query);
    Kept one;
    synchronized (kept) {
      one = kept.computeIfAbsent(key, fresh -> new Kept());
    }
    FolderTree tree;
    synchronized (one) {
      refresh(key, one);
      if (one.tooLarge) {
        return Optional.empty();
      }
      tree = one.tree;
    }
    forgetOthers(key, one, tree.bytes());
    return Optional.of(tree);
  }

  private void refresh(Key key, Kept one) {
    if (one.tooLarge) {
      return;
    }
    Map<Long, Long> held =
        asked.ask(
            Clients.READ_FOLDER, entities -> new FolderRows(entities, key.client).held(key.agents));
    if (one.isBeyond(held)) {
      one.clear();
    }
    List<Long> behind = new ArrayList<>(held.keySet());
    behind.removeIf(agent -> one.has(agent, held.getOrDefault(agent, 0L)));
    if (!behind.isEmpty()) {
      synchronized (reading) {
        read(key, one, behind);
      }
    }
  }

  /** Commits of one agent follow each other: what is new has greater numbers than what was read. */
  private void read(Key key, Kept one, List<Long> agents) {
    Reading more = new Reading(one.tree.bytes());
    for (long agent : agents) {
      List<Object[]> rows;
      do {
        long last = more.lasts.getOrDefault(agent, one.lasts.getOrDefault(agent, 0L));
        rows =
            asked.ask(
                Clients.READ_FOLDER,
                entities -> new FolderRows(entities, key.client).after(agent, last));
        rows.forEach(row -> more.add(agent, row));
        if (more.bytes > maxBytes) {
          one.clear();
          one.tooLarge = true;
          return;
        }
      } while (rows.size() == FolderRows.CHUNK);
    }
    one.tree = one.tree.plus(more.files);
    one.lasts.putAll(more.lasts);
    more.counts.forEach((agent, count) -> one.counts.merge(agent, count, Long::sum));
  }

  /** What was read and is not in a tree yet. */
  private static final class Reading {
    private final List<FolderTree.File> files = new ArrayList<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, Long> lasts = new HashMap<>();

    /** One text for each type, where rows have one for each file. */
    private final Map<String, String> types = new HashMap<>();

    private long bytes;

    Reading(long bytes) {
      this.bytes = bytes;
    }

    void add(long agent, Object[] row) {
      String type = (String) row[4];
      FolderTree.File file =
          new FolderTree.File(
              FolderKey.ofPath(FolderRows.path(row[1])),
              Rows.int64(row[0]),
              Rows.int32(row[3]),
              Rows.int64(row[2]),
              types.computeIfAbsent(type, same -> same));
      files.add(file);
      bytes += file.bytes();
      counts.merge(agent, 1L, Long::sum);
      lasts.put(agent, file.number());
    }
  }

  private void forgetOthers(Key key, Kept one, long bytes) {
    synchronized (kept) {
      one.bytes = bytes;
      long all = kept.values().stream().mapToLong(each -> each.bytes).sum();
      Iterator<Map.Entry<Key, Kept>> eldest = kept.entrySet().iterator();
      while (all > maxBytes && eldest.hasNext()) {
        Map.Entry<Key, Kept> each = eldest.next();
        if (!each.getKey().equals(key)) {
          all -= each.getValue().bytes;
          eldest.remove();
        }
      }
    }
  }
}
