package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/**
 * The questions to the table of files. They bring back values, not entities, and take a list as one
 * array parameter: the text of the statement never changes, so every layer keeps it prepared, and
 * no limit on parameters applies.
 *
 * <p>The array is joined as a table, with the agent in every row of it: H2 finds a list of values
 * by the first column of an index only, and compares each row that it finds with all of the list,
 * but looks up a joined row by all columns. The first join needs nothing but columns of one index
 * and the number, which is in every index of H2, and the second finds rows by a unique one: so both
 * databases choose these indexes even before they have counted what is in the table.
 *
 * <p>Of two versions of a path the newer has the higher number, as {@link Commits} adds the files
 * of an agent one after the other.
 */
final class Lookups {
  /** Values asked for at once; enough to make the cost of a statement vanish. */
  private static final int CHUNK = 2_000;

  /** The columns that {@link #file} reads. */
  static final String FILE =
      """
      f.number, f.version, f.size, f.digest, f.path, f.media_type, f.stored_as, \
      f.modified_seconds, f.modified_nanos, f.stored_at_seconds, f.stored_at_nanos""";

  private static final String LATEST =
      "select "
          + FILE
          + """
           from (select max(n.number) as number
          from unnest(cast(?1 as bytea array), cast(?2 as bigint array)) k(path_key, agent)
          join file n on n.path_key = k.path_key and n.agent = k.agent group by k.path_key) m
          join file f on f.number = m.number""";

  private static final String VERSIONS =
      """
      select k.path_key, max(f.version)
      from unnest(cast(?1 as bytea array), cast(?2 as bigint array)) k(path_key, agent)
      join file f on f.path_key = k.path_key and f.agent = k.agent group by k.path_key""";

  private static final String DELIVERED =
      "select "
          + FILE
          + """
           from (select max(n.number) as number
          from unnest(cast(?1 as bytea array), cast(?2 as bigint array)) k(digest, agent)
          join file n on n.digest = k.digest and n.agent = k.agent
          where not exists (select 1 from damage d where d.file = n.number) group by k.digest) m
          join file f on f.number = m.number""";

  private static final String PLACES =
      """
      select f.digest, f.stored_as from (
      select n.number, row_number() over (partition by n.digest order by n.number desc) as place
      from unnest(cast(?1 as bytea array)) k(digest) join file n on n.digest = k.digest
      where not exists (select 1 from damage d where d.file = n.number)) r
      join file f on f.number = r.number where r.place <= 3 order by f.number desc""";

  private static final String COMMITTED =
      "select "
          + FILE
          + """
          , f.upload from unnest(cast(?1 as bigint array)) k(upload)
          join file f on f.upload = k.upload""";

  private static final String LIST =
      "select "
          + FILE
          + " from file f where f.agent = ?1 and f.number > ?2 order by f.number limit ?3";

  private static final String ONE =
      "select " + FILE + " from file f where f.agent = ?1 and f.number = ?2";

  private static final String LIST_OF_CLIENT =
      "select "
          + FILE
          + """
           from file f where f.agent = ?1 and f.number > ?2 and f.client = ?3
          order by f.number limit ?4""";

  private static final String NUMBERED =
      "select "
          + FILE
          + """
           from unnest(cast(?1 as bigint array), cast(?2 as bigint array)) k(number, agent)
          join file f on f.number = k.number and f.agent = k.agent order by f.number""";

  private static final String MANY =
      "select "
          + FILE
          + " from unnest(cast(?1 as bigint array)) k(number) join file f on f.number = k.number";

  private static final String TOTALS = "select count(*), coalesce(sum(f.size), 0) from file f";

  private static final String STORED_SINCE =
      """
      select f.media_type, count(*), coalesce(sum(f.size), 0) from file f \
      where f.stored_at_seconds >= ?1 group by f.media_type""";

  private static final int UPLOAD_COLUMN = 11;

  private final EntityManager entities;

  Lookups(EntityManager entities) {
    this.entities = entities;
  }

  /** The key by which the index finds a path that is too long to be indexed itself. */
  static Sha256 key(FilePath path) {
    var digest = Sha256.start();
    digest.update(path.bytes());
    return Sha256.finish(digest);
  }

  Map<FilePath, StoredFile> latest(long agent, Collection<FilePath> paths) {
    Map<FilePath, StoredFile> found = new HashMap<>();
    each(
        paths,
        byte[][]::new,
        path -> key(path).bytes(),
        keys -> query(LATEST, keys, repeated(agent, keys.length)),
        row -> found.put(FilePath.of((byte[]) row[4]), file(row)));
    return found;
  }

  /** The newest version of each path of which there is one, by the path's key. */
  Map<Sha256, Integer> versions(long agent, Collection<Sha256> keys) {
    Map<Sha256, Integer> found = new HashMap<>();
    each(
        keys,
        byte[][]::new,
        Sha256::bytes,
        chunk -> query(VERSIONS, chunk, repeated(agent, chunk.length)),
        row -> found.put(Sha256.of((byte[]) row[0]), Rows.integer(row[1])));
    return found;
  }

  Map<Sha256, StoredFile> delivered(long agent, Collection<Sha256> digests) {
    Map<Sha256, StoredFile> found = new HashMap<>();
    each(
        digests,
        byte[][]::new,
        Sha256::bytes,
        chunk -> query(DELIVERED, chunk, repeated(agent, chunk.length)),
        row -> found.put(Sha256.of((byte[]) row[3]), file(row)));
    return found;
  }

  Map<Sha256, List<String>> places(Collection<Sha256> digests) {
    Map<Sha256, List<String>> found = new HashMap<>();
    each(
        digests,
        byte[][]::new,
        Sha256::bytes,
        chunk -> query(PLACES, (Object) chunk),
        row ->
            found
                .computeIfAbsent(Sha256.of((byte[]) row[0]), digest -> new ArrayList<>())
                .add((String) row[1]));
    return found;
  }

  Map<Long, StoredFile> committed(Collection<Long> uploads) {
    Map<Long, StoredFile> found = new HashMap<>();
    each(
        uploads,
        Long[]::new,
        upload -> upload,
        chunk -> query(COMMITTED, (Object) chunk),
        row -> found.put(Rows.number(row[UPLOAD_COLUMN]), file(row)));
    return found;
  }

  List<StoredFile> list(long agent, long after, int limit) {
    return Rows.of(query(LIST, agent, after, limit)).map(Lookups::file).toList();
  }

  Optional<StoredFile> file(long agent, long number) {
    return Rows.of(query(ONE, agent, number)).map(Lookups::file).findFirst();
  }

  List<StoredFile> list(long agent, long client, long after, int limit) {
    return Rows.of(query(LIST_OF_CLIENT, agent, after, client, limit)).map(Lookups::file).toList();
  }

  List<StoredFile> files(long agent, long[] numbers) {
    List<StoredFile> found = new ArrayList<>(numbers.length);
    each(
        Arrays.stream(numbers).boxed().toList(),
        Long[]::new,
        number -> number,
        chunk -> query(NUMBERED, chunk, repeated(agent, chunk.length)),
        row -> found.add(file(row)));
    return found;
  }

  List<StoredFile> files(Collection<Long> numbers) {
    List<StoredFile> found = new ArrayList<>();
    each(
        numbers,
        Long[]::new,
        number -> number,
        chunk -> query(MANY, (Object) chunk),
        row -> found.add(file(row)));
    found.sort(Comparator.comparingLong(file -> file.receipt().file()));
    return List.copyOf(found);
  }

  Totals totals() {
    return Rows.of(query(TOTALS))
        .map(row -> new Totals(Rows.number(row[0]), Rows.number(row[1])))
        .findFirst()
        .orElseThrow();
  }

  Map<String, Totals> storedSince(Instant start) {
    Map<String, Totals> found = new HashMap<>();
    Rows.of(query(STORED_SINCE, start.getEpochSecond()))
        .forEach(
            row ->
                found.put((String) row[0], new Totals(Rows.number(row[1]), Rows.number(row[2]))));
    return found;
  }

  /** Asks for the distinct values chunk by chunk. */
  private static <V, P> void each(
      Collection<V> values,
      IntFunction<P[]> array,
      Function<V, P> parameter,
      Function<P[], Query> question,
      Consumer<Object[]> answer) {
    List<V> distinct = new ArrayList<>(new LinkedHashSet<>(values));
    for (int from = 0; from < distinct.size(); from += CHUNK) {
      List<V> chunk = distinct.subList(from, Math.min(from + CHUNK, distinct.size()));
      Rows.of(question.apply(chunk.stream().map(parameter).toArray(array))).forEach(answer);
    }
  }

  private static Long[] repeated(long value, int times) {
    Long[] values = new Long[times];
    Arrays.fill(values, value);
    return values;
  }

  private Query query(String sql, Object... parameters) {
    return Rows.query(entities, sql, parameters);
  }

  static StoredFile file(Object[] row) {
    Receipt receipt =
        new Receipt(
            Rows.number(row[0]),
            Sha256.of((byte[]) row[3]),
            Rows.number(row[2]),
            Rows.integer(row[1]),
            (String) row[6],
            Rows.instant(row[9], row[10]));
    return new StoredFile(
        FilePath.of((byte[]) row[4]), Rows.instant(row[7], row[8]), (String) row[5], receipt);
  }
}
