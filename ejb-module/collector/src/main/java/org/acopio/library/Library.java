package org.acopio.library;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.acopio.catalog.AllFiles;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.FileDetails;
import org.acopio.catalog.FileFacts;

/**
 * Everything that was collected, to be searched. A search sees every file that was committed before
 * it began. It works on a copy in memory of what a search needs, about 150 bytes and the path of
 * each file, so that 100,000 files are searched and sorted within milliseconds whatever database
 * the catalog lies in, and the commit of a file costs nothing more. A thread reads what is new
 * every few seconds, so that a search has little left to read.
 *
 * <p>Safe for use by many threads. Methods throw {@link CatalogException} while the catalog is
 * away.
 */
public final class Library implements AutoCloseable {
  /** The most files of one page. */
  public static final int MAX_PAGE = 1_000;

  /** How often what is new is read when nobody searches. */
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /** For how long somebody looks on who asked for something. */
  private static final Duration LOOKING = Duration.ofSeconds(30);

  /** The most files that gather unread while others arrive: what a search reads in a moment. */
  private static final int GATHERED = 4 * Segment.SIZE;

  private static final int CHUNK = 4 * Segment.SIZE;
  private static final Logger LOG = System.getLogger(Library.class.getName());

  private final AllFiles files;
  private final long maxBytes;
  private final LongSupplier nanoClock;
  private final Gaps gaps;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Thread reader = new Thread(this::read, "acopio-library");

  /** Files that are known to be outdated but are waited for themselves. */
  private final Set<Long> outdatedEarly = new HashSet<>();

  private volatile Shelf shelf = Shelf.EMPTY;
  private volatile long lookedOnAt;
  private boolean closed;

  /** The library of these files; closed before their catalog. */
  public Library(AllFiles files) {
    this(files, Runtime.getRuntime().maxMemory() / 8, System::nanoTime);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * One without a thread of its own.
   *
   * @param maxBytes about how much memory it may take; the oldest files are dropped beyond that
   */
  Library(AllFiles files, long maxBytes, LongSupplier nanoClock) {
    this.files = files;
    this.maxBytes = maxBytes;
    this.nanoClock = nanoClock;
    gaps = new Gaps(nanoClock);
    lookedOnAt = nanoClock.getAsLong() - LOOKING.toNanos();
  }

  /**
   * Some of the files that match, and figures of all.
   *
   * @param offset how many to leave out, at least 0
   * @param limit the most files to return, 0 to {@value #MAX_PAGE}
   */
  public FilePage search(
      FileSearch search, FileSort sort, boolean descending, long offset, int limit) {
    if (offset < 0 || limit < 0 || limit > MAX_PAGE) {
      throw new IllegalArgumentException(
          "a page has 0 to %d files from 0, not %d from %d".formatted(MAX_PAGE, limit, offset));
    }
    lookedOnAt = nanoClock.getAsLong();
    Shelf now = refreshed();
    Matches matches = new Matches(now, search, client(search));
    int[] places = matches.page(sort, descending, offset, limit);
    return new FilePage(
        found(now, places),
        matches.count(),
        matches.bytes(),
        matches.kinds(),
        Math.min(search.upTo(), now.lastNumber()),
        now.forgotten());
  }

  /**
   * The addresses that files came from, with how many those were, old versions included; the ones
   * with most files first, at most {@code limit}.
   */
  public Map<String, Long> clients(int limit) {
    Map<Long, Long> counts = new HashMap<>();
    for (Segment segment : refreshed().segments()) {
      for (int i = 0; i < segment.count(); i++) {
        counts.merge(segment.value(Column.CLIENT, i), 1L, Long::sum);
      }
    }
    List<Long> most =
        counts.keySet().stream()
            .sorted(Comparator.comparing(counts::get).reversed().thenComparing(n -> (Long) n))
            .limit(limit)
            .toList();
    Map<Long, String> addresses = files.addresses(most);
    Map<String, Long> clients = new LinkedHashMap<>();
    most.forEach(
        number -> {
          String address = addresses.get(number);
          if (address != null) {
            clients.put(address, counts.getOrDefault(number, 0L));
          }
        });
    return clients;
  }

  /**
   * The greatest number of a file that was read so far, or 0. Waits for nothing; who asks again and
   * again hears of new files within seconds.
   */
  public long lastRead() {
    lookedOnAt = nanoClock.getAsLong();
    return shelf.lastNumber();
  }

  /** Reads no more from the catalog by itself. Repeating it is harmless. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      reader.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The number that no address has stands for one that nothing came from. */
  private OptionalLong client(FileSearch search) {
    return search.client().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(files.clientNumber(search.client()).orElse(Long.MIN_VALUE));
  }

  private List<FilePage.Found> found(Shelf now, int[] places) {
    Map<Long, Integer> copies = new LinkedHashMap<>();
    for (int place : places) {
      copies.put(now.value(Column.NUMBER, place), now.copies(place, FilePage.MAX_COPIES));
    }
    List<FilePage.Found> found = new ArrayList<>(places.length);
    for (FileDetails file : files.details(List.copyOf(copies.keySet()))) {
      found.add(new FilePage.Found(file, copies.getOrDefault(file.number(), 1)));
    }
    return found;
  }

  private Shelf refreshed() {
    lock.lock();
    try {
      refresh();
      return shelf;
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    Set<Long> open = gaps.open();
    if (!open.isEmpty()) {
      List<FileFacts> late = files.among(open);
      gaps.found(late);
      add(late);
    }
    List<FileFacts> more;
    do {
      long last = shelf.lastNumber();
      more = files.after(last, CHUNK);
      gaps.passed(last, more);
      add(more);
    } while (more.size() == CHUNK);
  }

  private void add(List<FileFacts> more) {
    if (more.isEmpty()) {
      return;
    }
    Set<Long> outdated = new HashSet<>(files.predecessors(more));
    outdated.addAll(outdatedEarly);
    outdatedEarly.clear();
    Shelf grown = shelf.plus(more, outdated);
    outdated.stream().filter(gaps::has).forEach(outdatedEarly::add);
    while (grown.bytes() > maxBytes && grown.segments().size() > 1) {
      grown = grown.withoutOlderHalf();
    }
    shelf = grown;
  }

  /** Never interrupted: that would close the file of a database in this process. */
  private void read() {
    boolean away = false;
    long seen = -1;
    try {
      do {
        long before = seen;
        try {
          seen = files.last();
          if (!isLeftToGather(before, seen)) {
            prepare(refreshed());
          }
          away = false;
        } catch (CatalogException e) {
          away = logged(e, away);
        }
      } while (goesOn());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether files are arriving, few enough to be read later, and nobody looks on. */
  private boolean isLeftToGather(long before, long last) {
    return before >= 0
        && last != before
        && last - shelf.lastNumber() < GATHERED
        && nanoClock.getAsLong() - lookedOnAt > LOOKING.toNanos();
  }

  private boolean goesOn() throws InterruptedException {
    lock.lock();
    try {
      long left = PERIOD.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Logged once, and not again until the catalog was back. */
  private static boolean logged(CatalogException e, boolean before) {
    if (!before) {
      LOG.log(Level.WARNING, "the library cannot read what is new, and goes on trying", e);
    }
    return true;
  }

  /** So that a search finds them made. */
  private static void prepare(Shelf now) {
    for (FileSort sort : FileSort.values()) {
      now.orders().by(sort);
    }
    now.orders().byDigest();
  }
}
