package org.acopio.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Keeps the promise that what the catalog says it holds survives a power cut, where the database
 * does not keep it by itself. H2 makes a commit visible at once, writes it up to half a second
 * later and syncs it never; a checkpoint writes and syncs everything committed so far.
 *
 * <p>One checkpoint serves all who asked before it began. Readers need one too while a commit is on
 * its way: they may have seen what is not on disk yet. When a write fails, H2 forgets what it had
 * not written, and opens its file anew: a checkpoint of that says nothing of what was committed, or
 * seen, before.
 */
final class Durability {
  private static final String PURPOSE = "write its file to disk";

  private final Optional<Openings> openings;
  private final DataSource source;
  private final Object lock = new Object();
  private final AtomicLong asked = new AtomicLong();
  private long done;

  /** The opening of the file that the last checkpoint was of. */
  private long doneOn;

  /** Commits that are or may be visible before they are on disk. */
  private final AtomicInteger unsynced = new AtomicInteger();

  private volatile boolean failed;
  private final Transactions transactions;

  /** Which opening of its file a database is at; they are numbered upwards. */
  interface Openings {
    /** That to which whatever begins now belongs, if no other comes before it does. */
    long current();

    /** That to which a connection belongs. */
    long of(Connection connection) throws SQLException;

    /** Returns when all that was committed before is on disk. */
    void sync(Connection connection) throws SQLException;
  }

  /**
   * @param openings of a database that writes late; nothing for one whose commits are on disk
   */
  Durability(Optional<Openings> openings, DataSource source, Transactions transactions) {
    this.openings = openings;
    this.source = source;
    this.transactions = transactions;
  }

  /** Runs a commit; what it committed is on disk when this returns. */
  <T> T committing(Supplier<T> commit) {
    if (openings.isEmpty()) {
      return commit.get();
    }
    long opening = openings.get().current();
    unsynced.incrementAndGet();
    try {
      T result = commit.get();
      sync(openings.get(), opening);
      return result;
    } finally {
      unsynced.decrementAndGet();
    }
  }

  /** Runs a query; what it found is on disk when this returns. */
  <T> T reading(Supplier<T> query) {
    if (openings.isEmpty()) {
      return query.get();
    }
    long opening = openings.get().current();
    T result = query.get();
    if (failed || unsynced.get() > 0) {
      sync(openings.get(), opening);
    } else {
      requireSame(opening, openings.get().current());
    }
    return result;
  }

  private void sync(Openings file, long opening) {
    long mine = asked.incrementAndGet();
    synchronized (lock) {
      if (done < mine) {
        long served = asked.get();
        failed = true;
        doneOn = checkpoint(file);
        failed = false;
        done = served;
      }
      requireSame(opening, doneOn);
    }
  }

  private void requireSame(long before, long now) {
    if (before != now) {
      throw transactions.overtaken(
          PURPOSE, new SQLException("the file was closed and opened anew meanwhile"));
    }
  }

  private long checkpoint(Openings file) {
    try (Connection connection = source.getConnection()) {
      file.sync(connection);
      return file.of(connection);
    } catch (SQLException e) {
      throw transactions.failure(PURPOSE, e);
    }
  }
}
