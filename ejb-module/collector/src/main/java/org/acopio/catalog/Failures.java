package org.acopio.catalog;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Tells a conflict that another try resolves, an outage that ends, and an error that stays. */
final class Failures {
  private static final Set<String> CONFLICTS =
      Set.of("23505", "40001", "40P01", String.valueOf(ErrorCode.CONCURRENT_UPDATE_1));

  /**
   * Classes of SQLSTATE: connection, rollback, resources, not in the needed state (lock), operator
   * (shutdown), system (disk), and H2's time-outs.
   */
  private static final List<String> OUTAGES = List.of("08", "40", "53", "55", "57", "58", "HYT");

  private static final Set<Integer> H2_OUTAGES =
      Set.of(
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_ALREADY_OPEN_1,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.OBJECT_CLOSED);

  /** Codes of H2's storage for contents that cannot be; not for a disk that fails, or a lock. */
  private static final Set<Integer> H2_DAMAGE =
      Set.of(
          DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_SERIALIZATION,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_TRANSACTION_CORRUPT);

  private Failures() {}

  /** Whether another transaction came first, so that the work must be done anew. */
  static boolean isConflict(Throwable failure) {
    return sql(failure).map(e -> CONFLICTS.contains(state(e))).orElse(false);
  }

  /** Whether the database was away, busy or full. */
  static boolean isOutage(Throwable failure) {
    // An interrupt closes the file of an H2 that reads or writes it at that moment; H2 calls that a
    // general error, and opens the file anew for the next connection.
    return cause(failure, ClosedChannelException.class).isPresent()
        || sql(failure).map(Failures::isOutage).orElse(false);
  }

  /** Whether the pool had no connection to give. */
  static boolean isWithoutConnection(Throwable failure) {
    return cause(failure, SQLTransientConnectionException.class).isPresent();
  }

  /** Whether a disk failed or is full, or a file is locked; not that it ends too early. */
  static boolean isInputOutput(Throwable failure) {
    return cause(failure, IOException.class).filter(e -> !(e instanceof EOFException)).isPresent()
        || cause(failure, MVStoreException.class)
            .filter(e -> e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED)
            .isPresent();
  }

  /** Whether H2 does not take this user and password. */
  static boolean isRefusal(Throwable failure) {
    return sql(failure)
        .map(e -> e.getErrorCode() == ErrorCode.WRONG_USER_OR_PASSWORD)
        .orElse(false);
  }

  /** Whether what is in an H2 file cannot be, so that no later try finds it otherwise. */
  static boolean isDamage(Throwable failure) {
    Optional<SQLException> sql = sql(failure);
    // A wrong key makes an encrypted file look damaged.
    return sql.filter(e -> e.getErrorCode() == ErrorCode.FILE_ENCRYPTION_ERROR_1).isEmpty()
        && (sql.filter(e -> e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1).isPresent()
            || cause(failure, MVStoreException.class)
                .filter(e -> H2_DAMAGE.contains(e.getErrorCode()))
                .isPresent());
  }

  private static boolean isOutage(SQLException e) {
    String state = state(e);
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || OUTAGES.stream().anyMatch(state::startsWith)
        || H2_OUTAGES.contains(e.getErrorCode());
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static Optional<SQLException> sql(Throwable failure) {
    return cause(failure, SQLException.class);
  }

  /** The failure itself or the nearest of its causes that is of this type. */
  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  /** What happened, in the database's own words. */
  static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest instanceof SQLException
        ? String.valueOf(deepest.getMessage())
        : deepest.toString();
  }
}
