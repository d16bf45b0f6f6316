package org.acopio.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Keeps the promise that what the catalog says it holds survives a power cut, where the database
 * does not keep it by itself. H2 makes a commit visible at once, writes it up to half a second
 * later and syncs it never; {@code CHECKPOINT SYNC} writes and syncs everything committed so far.
 *
 * <p>One checkpoint serves all who asked before it began. Readers need one too while a commit is on
 * its way: they may have seen what is not on disk yet.
 */
final class Durability {
  private final boolean needed;
  private final DataSource source;
  private final Object lock = new Object();
  private final AtomicLong asked = new AtomicLong();
  private long done;

  /** Commits that are or may be visible before they are on disk. */
  private final AtomicInteger unsynced = new AtomicInteger();

  private volatile boolean failed;
  private final FailureFactory failures;

  /** Makes the exception for a checkpoint that failed. */
  interface FailureFactory {
    CatalogException failure(String purpose, Exception cause);
  }

  Durability(boolean needed, DataSource source, FailureFactory failures) {
    this.needed = needed;
    this.source = source;
    this.failures = failures;
  }

  /** Runs a commit; what it committed is on disk when this returns. */
  <T> T committing(Supplier<T> commit) {
    if (!needed) {
      return commit.get();
    }
    unsynced.incrementAndGet();
    try {
      T result = commit.get();
      sync();
      return result;
    } finally {
      unsynced.decrementAndGet();
    }
  }

  /** Runs a query; what it found is on disk when this returns. */
  <T> T reading(Supplier<T> query) {
    T result = query.get();
    if (needed && (failed || unsynced.get() > 0)) {
      sync();
    }
    return result;
  }

  private void sync() {
    long mine = asked.incrementAndGet();
    synchronized (lock) {
      if (done >= mine) {
        return;
      }
      long served = asked.get();
      failed = true;
      checkpoint();
      failed = false;
      done = served;
    }
  }

  private void checkpoint() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    } catch (SQLException e) {
      throw failures.failure("write its file to disk", e);
    }
  }
}
