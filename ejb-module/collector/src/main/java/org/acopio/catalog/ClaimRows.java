package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.catalog.Claim.Ending;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/** The tables of claims. */
final class ClaimRows {
  private static final int CHUNK = 2_000;

  /** A row of what is not proven. */
  private record Row(long agent, long collection, UnprovenFile file) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.int64("agent", Row::agent),
          Column.bytes("path_key", row -> Lookups.key(row.file.path()).bytes()),
          Column.int64("collection", Row::collection),
          Column.bytes("path", row -> row.file.path().bytes()),
          Column.int64("size", row -> row.file.size()),
          Column.int64("modified_seconds", row -> row.file.modified().getEpochSecond()),
          Column.int32("modified_nanos", row -> row.file.modified().getNano()),
          Column.int64("said_seconds", row -> row.file.saidAt().getEpochSecond()),
          Column.int32("said_nanos", row -> row.file.saidAt().getNano()),
          Column.text("reason", row -> row.file.reason()),
          Column.text("detail", row -> row.file.detail()));

  private static final String INSERT =
      "insert into unproven ("
          + Column.names(COLUMNS)
          + ") select * from "
          + Column.unnested(COLUMNS);

  private static final String PROVEN_SINCE =
      """
      select u.path_key, f.number from unproven u \
      join file f on f.path_key = u.path_key and f.agent = u.agent where u.agent = ?1""";

  private static final String DELETE =
      "delete from unproven where agent = ?1 and path_key = any(?2)";

  private static final String SIZES =
      """
      select coalesce(sum(f.size), 0) from unnest(cast(?1 as bigint array)) k(number) \
      join file f on f.number = k.number""";

  private static final String UNPROVEN =
      "select count(*), coalesce(sum(size), 0) from unproven where agent = ?1";

  private static final String PAGE =
      """
      select path, size, modified_seconds, modified_nanos, said_seconds, said_nanos, reason, \
      detail from unproven where agent = ?1 and path_key > ?2 and (?3 = 0 or collection = ?4) \
      order by path_key limit ?5""";

  private final EntityManager entities;

  ClaimRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Forgets what was not proven of the paths of these files. */
  void settle(long agent, long[] proven) {
    if (proven.length == 0) {
      return;
    }
    Set<Sha256> settled = new HashSet<>();
    Rows.of(entities, PROVEN_SINCE, agent)
        .filter(row -> Arrays.binarySearch(proven, Rows.int64(row[1])) >= 0)
        .forEach(row -> settled.add(Sha256.of((byte[]) row[0])));
    delete(agent, new ArrayList<>(settled));
  }

  void add(long agent, long collection, List<UnprovenFile> files) {
    delete(agent, files.stream().map(file -> Lookups.key(file.path())).toList());
    for (int from = 0; from < files.size(); from += CHUNK) {
      List<Row> rows =
          files.subList(from, Math.min(from + CHUNK, files.size())).stream()
              .map(file -> new Row(agent, collection, file))
              .toList();
      Column.execute(entities, INSERT, COLUMNS, rows);
    }
  }

  private void delete(long agent, List<Sha256> keys) {
    for (int from = 0; from < keys.size(); from += CHUNK) {
      byte[][] some =
          keys.subList(from, Math.min(from + CHUNK, keys.size())).stream()
              .map(Sha256::bytes)
              .toArray(byte[][]::new);
      Rows.query(entities, DELETE, agent, some).executeUpdate();
    }
  }

  Claim end(long agent, long collection, long[] proven, Ending ending) {
    Totals unproven = totals(UNPROVEN + " and collection = ?2", agent, collection);
    Claim claim = new Claim(ending, new Totals(proven.length, bytes(proven)), unproven);
    Rows.query(entities, "delete from claim where collection = ?1", collection).executeUpdate();
    Rows.query(
            entities,
            "insert into claim (collection, ending, proven, proven_bytes, unproven,"
                + " unproven_bytes, proof) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            collection,
            ending.word(),
            claim.proven().files(),
            claim.proven().bytes(),
            unproven.files(),
            unproven.bytes(),
            Deltas.encode(proven))
        .executeUpdate();
    return claim;
  }

  private long bytes(long[] numbers) {
    long bytes = 0;
    for (int from = 0; from < numbers.length; from += CHUNK) {
      long[] some = Arrays.copyOfRange(numbers, from, Math.min(from + CHUNK, numbers.length));
      Object boxed = Arrays.stream(some).boxed().toArray(Long[]::new);
      bytes += Rows.of(entities, SIZES, boxed).mapToLong(row -> Rows.int64(row[0])).sum();
    }
    return bytes;
  }

  Optional<long[]> proof(long collection) {
    return Rows.of(entities, "select proof from claim where collection = ?1", collection)
        .map(row -> Deltas.decode((byte[]) row[0]))
        .findFirst();
  }

  Totals unproven(long agent) {
    return totals(UNPROVEN, agent);
  }

  private Totals totals(String sql, Object... parameters) {
    return Rows.of(entities, sql, parameters)
        .map(row -> new Totals(Rows.int64(row[0]), Rows.int64(row[1])))
        .findFirst()
        .orElseThrow();
  }

  List<UnprovenFile> page(
      long agent, Optional<Long> collection, Optional<FilePath> after, int limit) {
    byte[] key = after.map(path -> Lookups.key(path).bytes()).orElseGet(() -> new byte[0]);
    return Rows.of(
            entities,
            PAGE,
            agent,
            key,
            collection.isPresent() ? 1 : 0,
            collection.orElse(0L),
            limit)
        .map(ClaimRows::file)
        .toList();
  }

  private static UnprovenFile file(Object[] row) {
    return new UnprovenFile(
        FilePath.of((byte[]) row[0]),
        Rows.int64(row[1]),
        Rows.instant(row[2], row[3]),
        Rows.instant(row[4], row[5]),
        (String) row[6],
        (String) row[7]);
  }
}
