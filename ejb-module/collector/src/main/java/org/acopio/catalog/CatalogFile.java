package org.acopio.catalog;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FileUtils;

/**
 * The file of a catalog in H2, and how it is made anew when H2 finds it damaged. What is wrong then
 * is nearly always what the file says of its own free space, which a killed server left behind; the
 * rows are whole. They are copied page by page into a new file, which takes the place of the
 * damaged one once all of it could be read again. The damaged one is kept beside it.
 *
 * <p>Every page is copied or none: a catalog that lacks rows would deny receipts that were given.
 */
final class CatalogFile {
  private static final Logger LOG = System.getLogger(CatalogFile.class.getName());
  private static final String PREFIX = "jdbc:h2:";
  private static final String SUFFIX = ".mv.db";
  private static final String KEPT = SUFFIX + ".damaged-";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final boolean CAN_SYNC = !System.getProperty("os.name").startsWith("Windows");

  private final CatalogSettings settings;
  private final Clock clock;
  private final Path folder;

  /** The name of the file without {@link #SUFFIX}. */
  private final String name;

  private CatalogFile(CatalogSettings settings, Clock clock, Path file) {
    this.settings = settings;
    this.clock = clock;
    folder = file.getParent();
    String last = file.getFileName().toString();
    name = last.substring(0, last.length() - SUFFIX.length());
  }

  /** The file of this catalog, when it is in one that can be read without a key. */
  static Optional<CatalogFile> of(CatalogSettings settings, Clock clock) {
    String url = settings.url();
    if (!url.startsWith(PREFIX) || url.toUpperCase(Locale.ROOT).contains(";CIPHER=")) {
      return Optional.empty();
    }
    String place = url.substring(PREFIX.length(), url.length() - options(url).length());
    FilePath file = FilePath.get((place.startsWith("file:") ? place.substring(5) : place) + SUFFIX);
    return file.getScheme().equals("file")
        ? Optional.of(
            new CatalogFile(settings, clock, Path.of(FileUtils.toRealPath(file.toString()))))
        : Optional.empty();
  }

  private static String options(String url) {
    int first = url.indexOf(';');
    return first < 0 ? "" : url.substring(first);
  }

  /** Damaged files that were kept, by their names, the oldest first. */
  List<String> kept() {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (file.getFileName().toString().startsWith(name + KEPT)) {
            names.add(file.getFileName().toString());
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        LOG.log(Level.WARNING, "nobody knows now whether {0} has damaged catalogs: {1}", folder, e);
      }
    }
    names.sort(null);
    return names;
  }

  /**
   * Makes the file anew, with all that is in it. When it cannot be done nothing has changed.
   *
   * @param damage why it cannot be opened as it is
   */
  void rebuild(CatalogException damage) {
    Path file = folder.resolve(name + SUFFIX);
    try {
      String reason = Failures.reason(damage);
      LOG.log(Level.WARNING, "catalog-damaged: {0} cannot be opened: {1}", file, reason);
      discardFresh();
      copy(file, fresh());
      long rows = readAll();
      Path kept = keep(file);
      Files.move(
          fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync();
      LOG.log(
          Level.WARNING,
          "catalog-rebuilt: {0} was made anew from what was in it, all {1} rows; the damaged file"
              + " is kept as {2}. See what ''acopio-server check'' says, then delete that",
          file,
          rows,
          kept);
    } catch (IOException | SQLException | RuntimeException e) {
      damage.addSuppressed(e);
      throw hopeless(file, damage, e);
    } finally {
      discardFresh();
    }
  }

  private CatalogException hopeless(Path file, CatalogException damage, Exception why) {
    boolean away = Failures.isOutage(why) || Failures.isInputOutput(why);
    return new CatalogException(
        "catalog-damaged: %s is damaged (%s) and cannot be made anew from what is in it (%s); it was left as it is. %s"
            .formatted(file, Failures.reason(damage), Failures.reason(why), remedy(why, away)),
        damage,
        away);
  }

  private static String remedy(Exception why, boolean away) {
    if (away) {
      return "See that its folder is writable and has room for a second one, that no other server has it open, and start again";
    }
    if (Failures.isRefusal(why)) {
      return "Check acopio.catalog.user and acopio.catalog.password";
    }
    return "Put a copy of it from a backup in its place; without one see 'When the catalog is damaged' in docs/operations.md";
  }

  private Path fresh() {
    return folder.resolve(name + ".rebuilt" + SUFFIX);
  }

  private void discardFresh() {
    try {
      Files.deleteIfExists(fresh());
      Files.deleteIfExists(folder.resolve(name + ".rebuilt.trace.db"));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays behind and can be deleted: {1}", fresh(), e);
    }
  }

  /** A file of H2 that is believed nothing but its chunks. */
  private static final class Scanned extends SingleFileStore {
    private boolean opened;

    Scanned() {
      super(new HashMap<>());
    }

    /**
     * Looks at the whole file as H2 does in its mode for recovery. The rest of that mode, which
     * takes a page that cannot be read for an empty one, stays off; so does its going back to an
     * older state than the one that the file's header tells of.
     */
    @Override
    protected void readStoreHeader(boolean recoveryMode) {
      super.readStoreHeader(true);
      long known = DataUtils.readHexLong(getStoreHeader(), "version", 0);
      long whole = lastChunkVersion();
      if (whole < known) {
        throw damage("it is of version {0}, and whole up to version {1}", known, whole);
      }
    }

    /** H2 asks the file that it copies to for another to copy from. */
    @Override
    public Scanned open(String file, boolean readOnly) {
      Scanned another = new Scanned();
      another.open(file, readOnly, (char[]) null);
      another.opened = true;
      return another;
    }

    /** H2 closes the one that was never open, too. */
    @Override
    public void close() {
      if (opened) {
        super.close();
      }
    }
  }

  /** Copies every page that counts; fails at the first that cannot be read. */
  private static void copy(Path from, Path to) {
    MVStore.compact(from.toString(), to.toString(), false, new Scanned());
  }

  /** Reads every row of the new file as the database that it is; returns how many there are. */
  private long readAll() throws SQLException {
    CatalogSettings rebuilt =
        new CatalogSettings(
            PREFIX + "file:" + folder.resolve(name + ".rebuilt") + options(settings.url()),
            settings.user(),
            settings.password(),
            settings.connections());
    try (Connection connection = Database.H2.dataSource(rebuilt).getConnection();
        Statement statement = connection.createStatement()) {
      // Rows are passed on as they are read; a result of 100,000 would be gathered before.
      statement.execute("set lazy_query_execution 1");
      long rows = 0;
      for (String table : tables(statement)) {
        rows += readAll(statement, table);
      }
      statement.execute("shutdown");
      return rows;
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet names =
        statement.executeQuery(
            "select table_name from information_schema.tables"
                + " where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'")) {
      while (names.next()) {
        tables.add("\"" + names.getString(1).replace("\"", "\"\"") + "\"");
      }
    }
    return tables;
  }

  private static long readAll(Statement statement, String table) throws SQLException {
    long counted;
    try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      counted = count.getLong(1);
    }
    long read = 0;
    try (ResultSet rows = statement.executeQuery("select * from " + table)) {
      while (rows.next()) {
        read++;
      }
    }
    if (read != counted) {
      throw damage("table {0} should have {1} rows and has {2}", table, counted, read);
    }
    return read;
  }

  private static MVStoreException damage(String message, Object... values) {
    return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, message, values);
  }

  /** Gives the damaged file a second name: at no moment is there no catalog. */
  private Path keep(Path file) throws IOException {
    Path kept = folder.resolve(name + KEPT + MOMENT.format(clock.instant()));
    try {
      Files.createLink(kept, file);
    } catch (UnsupportedOperationException | IOException e) {
      LOG.log(Level.DEBUG, "no second name for the damaged catalog, so a copy", e);
      Files.copy(file, kept);
    }
    sync();
    return kept;
  }

  /** H2 syncs what is in its file and never the name: after a power cut it could be gone. */
  void makeNameDurable() {
    try {
      sync();
    } catch (AccessDeniedException e) {
      LOG.log(Level.DEBUG, "the names in {0} are made durable by the system alone: {1}", folder, e);
    } catch (IOException e) {
      throw new CatalogException(
          "the folder %s of the catalog cannot be synced (%s); see that its disk is sound"
              .formatted(folder, e),
          e,
          true);
    }
  }

  /** Windows opens no folder for that, and needs it not. */
  private void sync() throws IOException {
    if (CAN_SYNC) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
