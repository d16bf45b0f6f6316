package org.acopio.check;

import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.ScrubState;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageException;

/**
 * The checks of a running server: those that somebody asks for, one at a time, and the gentle one
 * in the background, which makes way for them. Thread-safe.
 */
public final class Checks implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Checks.class.getName());
  private static final long LOOK_SECONDS = 30;

  private final Catalog catalog;
  private final DiskStorage store;
  private final ScrubSettings settings;
  private final BooleanSupplier busy;
  private final Clock clock;

  /** Held by whoever compares catalog and store. */
  private final ReentrantLock turn = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread scrubbing = new Thread(this::scrubForEver, "acopio-scrub");
  private Optional<CheckRun> last = Optional.empty();
  private Optional<Thread> checking = Optional.empty();
  private volatile boolean closed;

  /**
   * Starts the check in the background.
   *
   * @param busy whether files are coming in, so that it waits
   */
  public Checks(
      Catalog catalog,
      DiskStorage store,
      ScrubSettings settings,
      BooleanSupplier busy,
      Clock clock) {
    this.catalog = catalog;
    this.store = store;
    this.settings = settings;
    this.busy = busy;
    this.clock = clock;
    scrubbing.setDaemon(true);
    if (settings.days() > 0) {
      scrubbing.start();
    }
  }

  // ------------------------------------------------------------- asked for

  /** Begins a check; nothing when one is running, or the server stops. */
  public Optional<CheckRun> start(CheckOptions options) {
    lock.lock();
    try {
      if (closed || last.filter(CheckRun::running).isPresent()) {
        return Optional.empty();
      }
      CheckRun run = new CheckRun(options, clock.instant());
      Thread thread = new Thread(() -> check(run), "acopio-check");
      thread.setDaemon(true);
      last = Optional.of(run);
      checking = Optional.of(thread);
      changed.signalAll();
      thread.start();
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the check that is running, if there is one; what it mended by then stays. */
  public void stop() {
    last().ifPresent(CheckRun::stop);
  }

  /** The check that is running, or the last that ran since the start. */
  public Optional<CheckRun> last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  private void check(CheckRun run) {
    turn.lock();
    try {
      run.ended(
          new Check(catalog, store, clock)
              .run(
                  run.options(),
                  bytes -> {
                    if (run.stopped() || closed) {
                      throw new InterruptedIOException("the check was stopped");
                    }
                  },
                  run.progress(),
                  false));
    } catch (InterruptedIOException | CatalogException | StorageException e) {
      run.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a check failed", e);
      run.failed(e.toString());
    } finally {
      turn.unlock();
    }
  }

  // ------------------------------------------------------- in the background

  /** How the check in the background is set up. */
  public ScrubSettings settings() {
    return settings;
  }

  /** How far the check in the background is; fails when the catalog cannot be reached. */
  public ScrubState scrub() {
    return catalog.checks().scrub();
  }

  /** When the next pass in the background begins; nothing when it never does. */
  public Optional<Instant> nextScrub(ScrubState state) {
    return settings.days() == 0
        ? Optional.empty()
        : Optional.of(Scrub.next(state, settings.days(), clock.instant()));
  }

  private void scrubForEver() {
    while (!closed) {
      try {
        Instant now = clock.instant();
        ScrubState state = catalog.checks().scrub();
        if (!Scrub.next(state, settings.days(), now).isAfter(now)) {
          scrub(state);
        }
      } catch (InterruptedIOException e) {
        // Somebody asked for a check, or the server stops: it goes on where it was.
      } catch (CatalogException | StorageException e) {
        LOG.log(Level.WARNING, "the check in the background waits: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the check in the background failed; it is tried again", e);
      }
      pause();
    }
  }

  private void scrub(ScrubState state) throws InterruptedIOException {
    Instant overdue =
        state.begunAt().orElseGet(clock::instant).plusSeconds(settings.days() * 86_400L);
    GentlePace pace =
        new GentlePace(
            settings.bytesPerSecond(),
            () -> busy.getAsBoolean() && clock.instant().isBefore(overdue),
            System::nanoTime,
            this::rest);
    turn.lock();
    try {
      rest(0);
      new Scrub(catalog, store, clock).run(pace);
    } finally {
      turn.unlock();
    }
  }

  private void rest(long nanos) throws InterruptedIOException {
    long left = nanos;
    lock.lock();
    try {
      do {
        if (closed || last.filter(CheckRun::running).isPresent()) {
          throw new InterruptedIOException("the check in the background makes way");
        }
        if (left > 0) {
          left = changed.awaitNanos(left);
        }
      } while (left > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the check in the background is interrupted");
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    long left = TimeUnit.SECONDS.toNanos(LOOK_SECONDS);
    lock.lock();
    try {
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is running. Does not interrupt: that would close an H2 file. */
  @Override
  public void close() {
    Optional<Thread> last;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      last = checking;
    } finally {
      lock.unlock();
    }
    try {
      if (last.isPresent()) {
        last.get().join(10_000);
      }
      scrubbing.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
