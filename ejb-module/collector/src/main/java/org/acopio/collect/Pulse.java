package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.ScrubState;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageException;

/**
 * Looks every second at what has come, and at disk and catalog, which may hang; so the two have a
 * thread each. Between the looks anybody may ask.
 */
final class Pulse implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Pulse.class.getName());

  /** Three short questions to the catalog and three to the disk are some milliseconds. */
  private static final int LOOK_SECONDS = 1;

  private final Tickets tickets;
  private final Chronicle chronicle;
  private final Storage storage;
  private final Catalog catalog;
  private final long reserve;
  private final Clock clock;
  private final Speed speed;
  private final History history;
  private final DayNotes dayNotes;
  private final ScheduledExecutorService counting = thread("acopio-pulse");
  private final ScheduledExecutorService looking = thread("acopio-look");
  private int lastAbandoned = Integer.MAX_VALUE;
  private int abandonedBefore = Integer.MAX_VALUE;
  private volatile long damaged;
  private volatile ScrubState scrub = ScrubState.NONE;
  private volatile Condition condition;

  Pulse(Tickets tickets, Chronicle chronicle, Storage storage, Catalog catalog, long reserveBytes) {
    this.tickets = tickets;
    this.chronicle = chronicle;
    this.storage = storage;
    this.catalog = catalog;
    this.reserve = reserveBytes;
    this.clock = chronicle.clock;
    speed = new Speed(chronicle.nanos.getAsLong());
    history = new History(chronicle.nanos.getAsLong());
    dayNotes = new DayNotes(catalog.runningDays()::note, clock, chronicle.nanos);
    condition = look();
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * From now on looks by itself.
   *
   * @param alsoNowAndThen what else is to be done every second or later, and may hang
   */
  void start(Runnable alsoNowAndThen) {
    counting.scheduleAtFixedRate(guarded(this::count), 1, 1, TimeUnit.SECONDS);
    Runnable look =
        () -> {
          condition = look();
          alsoNowAndThen.run();
        };
    looking.scheduleWithFixedDelay(guarded(look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** A task that throws would never be called again. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a look at what is collected failed; the next one follows", e);
      }
    };
  }

  /** Takes what has come down; about once a second. */
  void count() {
    long nanos = chronicle.nanos.getAsLong();
    Flow flow = chronicle.flow();
    history.tell(nanos, flow);
    speed.tell(nanos, flow.bytes());
    tickets.all().forEach(open -> open.activity.speed.tell(nanos, open.receivedBytes.sum()));
  }

  /** How store and catalog are at this moment; waits for both. */
  Condition look() {
    Optional<String> catalogTrouble = catalogTrouble();
    if (catalogTrouble.isEmpty()) {
      catalogTrouble = recall();
      dayNotes.look();
    }
    try {
      storage.attend();
      int unfinished = storage.unfinished();
      return new Condition(
          clock.instant(),
          storage.capacity(),
          storage.full() ? 0 : storage.free(),
          reserve,
          storage.writable(),
          unfinished,
          abandoned(unfinished),
          damaged,
          scrub,
          catalog.keptDamaged(),
          Optional.empty(),
          catalogTrouble);
    } catch (StorageException e) {
      return new Condition(
          clock.instant(),
          0,
          0,
          reserve,
          false,
          0,
          0,
          damaged,
          scrub,
          catalog.keptDamaged(),
          Optional.of(e.said()),
          catalogTrouble);
    }
  }

  /** Only what three looks agree on: files begin and end between the one figure and the other. */
  private synchronized int abandoned(int unfinished) {
    int open = tickets.all().stream().mapToInt(collection -> collection.open.size()).sum();
    int now = Math.max(0, unfinished - open);
    int steady = Math.min(now, Math.min(lastAbandoned, abandonedBefore));
    abandonedBefore = lastAbandoned;
    lastAbandoned = now;
    return steady;
  }

  private Optional<String> catalogTrouble() {
    try {
      catalog.check();
      return Optional.empty();
    } catch (CatalogException e) {
      return Optional.of(e.said());
    }
  }

  /** What checks found; as it was known last while the catalog is away. */
  private Optional<String> recall() {
    try {
      damaged = catalog.checks().damagedFiles();
      scrub = catalog.checks().scrub();
      return Optional.empty();
    } catch (CatalogException e) {
      return Optional.of(e.said());
    }
  }

  Speed speed() {
    return speed;
  }

  History history() {
    return history;
  }

  Condition condition() {
    return condition;
  }

  /** Stops looking. Does not interrupt: that would close an H2 file. */
  @Override
  public void close() {
    counting.shutdown();
    looking.shutdown();
    try {
      // Store and catalog are closed after this.
      if (!looking.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "the catalog or the disk has not answered for 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
