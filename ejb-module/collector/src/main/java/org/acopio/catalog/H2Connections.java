package org.acopio.catalog;

import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a file of H2 that fail when its storage has ended. When a write fails, for want of
 * room or otherwise, H2 ends its storage at once; the file is opened anew for the next connection
 * once all sessions are gone. But a session that has a transaction then, and runs one more
 * statement, a rollback too, never comes back from it: {@code MVStore.registerVersionUsage} of
 * 2.4.240 turns round and round. So no statement begins on such a session, and all of them are
 * ended at the first sign. And what was committed but not yet written has gone with the storage, so
 * each connection knows which opening of the file it belongs to. Thread-safe as far as the
 * connections are.
 */
final class H2Connections implements DataSource, Durability.Openings {
  private static final Logger LOG = System.getLogger(H2Connections.class.getName());
  private static final String CONNECTION_FAILURE = "08006";

  /**
   * In the header of a file, that it was closed in order, when it is not 0. The header is written
   * with the next chunk, to be without it; else up to 20 may come before that happens.
   */
  private static final String CLEAN = "clean";

  /** What leads to a statement. */
  private static final Set<String> BEGINNINGS =
      Set.of("commit", "createStatement", "isValid", "prepareCall", "prepareStatement", "rollback");

  private final JdbcDataSource source;
  private @Nullable Database newest;
  private long openings;

  /** A connection that knows where it belongs. */
  private interface Belonging {
    long opening();
  }

  H2Connections(JdbcDataSource source) {
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return guarded(source.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return guarded(source.getConnection(user, password));
  }

  private Connection guarded(Connection connection) throws SQLException {
    SessionLocal session = session(connection);
    return (Connection)
        Proxy.newProxyInstance(
            H2Connections.class.getClassLoader(),
            new Class<?>[] {Connection.class, Belonging.class},
            new Guard(connection, session, openingOf(session.getDatabase())));
  }

  /** A file is open once at most, so another database is a newer one. */
  private synchronized long openingOf(Database database) {
    if (database != newest) {
      newest = database;
      openings++;
    }
    return openings;
  }

  /** After an end, what begins from then on belongs to the opening that comes next. */
  @Override
  public synchronized long current() {
    return newest != null && hasEnded(newest) ? openings + 1 : openings;
  }

  private static boolean hasEnded(Database database) {
    return database.getStore().getMvStore().isClosed();
  }

  @Override
  public long of(Connection connection) throws SQLException {
    return connection.unwrap(Belonging.class).opening();
  }

  /**
   * What {@code CHECKPOINT SYNC} is for, and more: that finds nothing to write where the writer of
   * H2 has begun to, and waits neither for it nor for what becomes of it. When the disk was full,
   * commits were gone that it had said to be there.
   */
  @Override
  public void sync(Connection connection) throws SQLException {
    MVStore store = session(connection).getDatabase().getStore().getMvStore();
    FileStore<?> file = store.getFileStore();
    if (file == null) {
      return; // a database in memory promises nothing
    }
    // An interrupt would end the waiting, and close the file.
    boolean interrupted = Thread.interrupted();
    try {
      store.executeFilestoreOperation(() -> file.getStoreHeader().put(CLEAN, 0));
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      }
      store.executeFilestoreOperation(file::sync);
    } catch (MVStoreException e) {
      throw closed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (store.getPanicException() != null || store.isClosed()) {
      throw closed(store.getPanicException());
    }
  }

  private static SessionLocal session(Connection connection) throws SQLException {
    return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
  }

  private static SQLException closed(@Nullable Throwable why) {
    return new SQLException("the file of the catalog was closed", CONNECTION_FAILURE, why);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public java.util.logging.Logger getParentLogger() {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }

  /** Stands before one connection. */
  private static final class Guard implements InvocationHandler {
    private final Connection connection;
    private final SessionLocal session;
    private final Database database;
    private final long opening;

    Guard(Connection connection, SessionLocal session, long opening) {
      this.opening = opening;
      this.connection = connection;
      this.session = session;
      this.database = session.getDatabase();
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getDeclaringClass() == Belonging.class) {
        return opening;
      }
      String name = method.getName();
      boolean closes = name.equals("close");
      if ((closes || BEGINNINGS.contains(name)) && hasEnded()) {
        endAll();
        if (!closes) {
          throw closed(null);
        }
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private boolean hasEnded() {
      return !session.isClosed() && H2Connections.hasEnded(database);
    }

    /** Their transactions have gone with the storage. */
    private void endAll() {
      for (SessionLocal one : database.getSessions(false)) {
        try {
          one.close();
        } catch (RuntimeException e) {
          LOG.log(Level.DEBUG, "a session of H2 ended with its storage", e);
        }
      }
    }
  }
}
