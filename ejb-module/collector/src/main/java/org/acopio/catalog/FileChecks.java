package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files for those who compare them with the store, and what these found. Like {@link
 * Catalog}: safe for use by many threads, every method is one transaction, throws {@link
 * CatalogException}, and what it says and writes survives a power cut.
 */
public final class FileChecks {
  private static final String ROW =
      """
      select f.number, f.agent, f.path, f.path_key, f.version, f.size, f.modified_seconds, \
      f.modified_nanos, f.digest, f.stored_as from \
      """;

  private static final String AFTER = ROW + "file f where f.number > ?1 order by f.number limit ?2";

  private static final String NAMED =
      ROW
          + """
          unnest(cast(?1 as varchar array)) k(name) join file f on f.stored_as = k.name \
          order by f.number""";

  private static final String WITH_DIGEST =
      ROW
          + """
          unnest(cast(?1 as bytea array)) k(digest) join file f on f.digest = k.digest \
          order by f.number""";

  private static final String GAPS =
      """
      select max(f.number), count(*), max(f.version) from file f group by f.path_key, f.agent \
      having count(*) <> max(f.version) limit ?1""";

  private static final String AMONG =
      """
      select d.file from unnest(cast(?1 as bigint array)) k(number) \
      join damage d on d.file = k.number""";

  private static final String DAMAGE =
      """
      select d.file, d.kind, d.detail, d.found_seconds, d.found_nanos from damage d \
      where d.file > ?1 order by d.file limit ?2""";

  private static final String UNMARK = "delete from damage where file = any(?1)";

  private static final List<Column<Damage>> COLUMNS =
      List.of(
          Column.int64("file", Damage::file),
          Column.text("kind", Damage::kind),
          Column.text("detail", Damage::detail),
          Column.int64("found_seconds", damage -> damage.foundAt().getEpochSecond()),
          Column.int32("found_nanos", damage -> damage.foundAt().getNano()));

  private static final String MARK =
      "insert into damage ("
          + Column.names(COLUMNS)
          + ") select * from "
          + Column.unnested(COLUMNS);

  private static final String SCRUB =
      """
      select s.place, s.files, s.bytes, s.others, s.begun_seconds, s.begun_nanos, \
      s.ended_seconds, s.ended_nanos, s.last_begun_seconds, s.last_begun_nanos from scrub s where s.number = 1""";

  private static final String SET_SCRUB =
      """
      update scrub set place = ?1, files = ?2, bytes = ?3, others = ?4, \
      begun_seconds = cast(?5 as bigint), begun_nanos = cast(?6 as integer), \
      ended_seconds = cast(?7 as bigint), ended_nanos = cast(?8 as integer), \
      last_begun_seconds = cast(?9 as bigint), last_begun_nanos = cast(?10 as integer) \
      where number = 1""";

  private final Transactions transactions;
  private final Durability durability;

  FileChecks(Transactions transactions, Durability durability) {
    this.transactions = transactions;
    this.durability = durability;
  }

  /**
   * A page of the files of all agents, ascending by number.
   *
   * @param after only files with greater numbers
   * @param limit the most files to return, at least 1
   */
  public List<CheckedFile> after(long after, int limit) {
    return ask("read files", entities -> files(entities, AFTER, after, limit));
  }

  /** The files that are said to lie under these names; reads all rows, so ask for many at once. */
  public List<CheckedFile> named(Collection<String> storedAs) {
    return storedAs.isEmpty()
        ? List.of()
        : ask(
            "look for names",
            entities -> files(entities, NAMED, (Object) storedAs.toArray(String[]::new)));
  }

  /** All files with one of these contents, whoever delivered them. */
  public List<CheckedFile> withDigest(Collection<Sha256> digests) {
    byte[][] bytes = digests.stream().distinct().map(Sha256::bytes).toArray(byte[][]::new);
    return bytes.length == 0
        ? List.of()
        : ask("look for contents", entities -> files(entities, WITH_DIGEST, (Object) bytes));
  }

  /** Paths with versions that are missing; reads all rows. */
  public List<VersionGap> versionGaps(int limit) {
    return ask(
        "look for versions",
        entities ->
            Rows.of(entities, GAPS, limit)
                .map(
                    row ->
                        new VersionGap(
                            Rows.number(row[0]), Rows.number(row[1]), Rows.integer(row[2])))
                .toList());
  }

  /** How many files are marked as damaged. */
  public long damagedFiles() {
    return ask(
        "count damaged files",
        entities ->
            Rows.of(entities, "select count(*) from damage")
                .map(row -> Rows.number(row[0]))
                .findFirst()
                .orElse(0L));
  }

  /** Those of these numbers that are files marked as damaged. */
  public Set<Long> damaged(Collection<Long> numbers) {
    return numbers.isEmpty()
        ? Set.of()
        : ask(
            "look for damage",
            entities -> {
              Set<Long> found = new HashSet<>();
              Rows.of(entities, AMONG, (Object) numbers.toArray(Long[]::new))
                  .forEach(row -> found.add(Rows.number(row[0])));
              return found;
            });
  }

  /** A page of the files marked as damaged, ascending by number. */
  public List<Damage> damage(long after, int limit) {
    return ask(
        "list damaged files",
        entities ->
            Rows.of(entities, DAMAGE, after, limit)
                .map(
                    row ->
                        new Damage(
                            Rows.number(row[0]),
                            (String) row[1],
                            (String) row[2],
                            Rows.instant(row[3], row[4])))
                .toList());
  }

  /** Marks files as damaged, from now on; of one that is marked the last word counts. */
  public void mark(Collection<Damage> damage) {
    Map<Long, Damage> each = new HashMap<>();
    damage.forEach(one -> each.put(one.file(), one));
    if (!each.isEmpty()) {
      write(
          "mark damaged files",
          entities -> {
            unmark(entities, each.keySet());
            return Column.execute(entities, MARK, COLUMNS, List.copyOf(each.values()));
          });
    }
  }

  /** These files are as they should be. */
  public void unmark(Collection<Long> numbers) {
    if (!numbers.isEmpty()) {
      write("unmark files", entities -> unmark(entities, numbers));
    }
  }

  private static int unmark(EntityManager entities, Collection<Long> numbers) {
    return Rows.query(entities, UNMARK, (Object) numbers.toArray(Long[]::new)).executeUpdate();
  }

  /** Writes the key of a file's path as the path has it. */
  public void correctKey(CheckedFile file) {
    correct("path_key", file.rightKey().bytes(), file.number());
  }

  /** Writes the size that the content of this digest has. */
  public void correctSize(long file, long size) {
    correct("size", size, file);
  }

  /** Writes the digest that the stored bytes are proven to have had when they were stored. */
  public void correctDigest(long file, Sha256 digest) {
    correct("digest", digest.bytes(), file);
  }

  /** Writes where a file is. */
  public void correctName(long file, String storedAs) {
    DisplayText.requireExact("storedAs", storedAs, NewFile.MAX_STORED_AS);
    correct("stored_as", storedAs, file);
  }

  private void correct(String column, Object value, long file) {
    write(
        "correct file " + file,
        entities ->
            Rows.query(
                    entities, "update file set " + column + " = ?1 where number = ?2", value, file)
                .executeUpdate());
  }

  /** How far the check in the background is. */
  public ScrubState scrub() {
    return ask(
        "look for the check in the background",
        entities ->
            Rows.of(entities, SCRUB)
                .map(
                    row ->
                        new ScrubState(
                            Rows.number(row[0]),
                            Rows.number(row[1]),
                            Rows.number(row[2]),
                            Rows.number(row[3]),
                            instant(row[4], row[5]),
                            instant(row[6], row[7]),
                            instant(row[8], row[9])))
                .findFirst()
                .orElse(ScrubState.NONE));
  }

  /** Keeps how far the check in the background is. */
  public void scrub(ScrubState state) {
    write(
        "keep how far the check in the background is",
        entities ->
            Rows.query(
                    entities,
                    SET_SCRUB,
                    state.place(),
                    state.files(),
                    state.bytes(),
                    state.others(),
                    seconds(state.begunAt()),
                    nanos(state.begunAt()),
                    seconds(state.endedAt()),
                    nanos(state.endedAt()),
                    seconds(state.lastBegunAt()),
                    nanos(state.lastBegunAt()))
                .executeUpdate());
  }

  private static Optional<Instant> instant(@Nullable Object seconds, @Nullable Object nanos) {
    return seconds == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Rows.int64(seconds), Rows.int64(nanos)));
  }

  private static @Nullable Long seconds(Optional<Instant> instant) {
    return instant.map(Instant::getEpochSecond).orElse(null);
  }

  private static @Nullable Integer nanos(Optional<Instant> instant) {
    return instant.map(Instant::getNano).orElse(null);
  }

  private static List<CheckedFile> files(EntityManager entities, String sql, Object... parameters) {
    try (Stream<Object[]> rows = Rows.of(entities, sql, parameters)) {
      return rows.map(FileChecks::file).toList();
    }
  }

  private static CheckedFile file(Object[] row) {
    return new CheckedFile(
        Rows.number(row[0]),
        Rows.number(row[1]),
        FilePath.of((byte[]) row[2]),
        Sha256.of((byte[]) row[3]),
        Rows.integer(row[4]),
        Rows.number(row[5]),
        Rows.instant(row[6], row[7]),
        Sha256.of((byte[]) row[8]),
        (String) row[9]);
  }

  private <T> T ask(String purpose, Function<EntityManager, T> question) {
    return durability.reading(() -> transactions.run(purpose, question));
  }

  private <T> T write(String purpose, Function<EntityManager, T> work) {
    return durability.committing(() -> transactions.run(purpose, work));
  }
}
