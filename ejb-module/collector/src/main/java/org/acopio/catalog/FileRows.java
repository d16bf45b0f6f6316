package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * The questions to the table of files by those who look at all agents' files. Lists go in as one
 * array, as in {@link Lookups}.
 */
final class FileRows {
  /** The most rows of one answer, so that no answer is larger than memory. */
  static final int MOST = 20_000;

  private static final String FACTS =
      """
      select f.number, f.agent, f.client, f.path, f.version, f.size, f.modified_seconds, \
      f.modified_nanos, f.stored_at_seconds, f.stored_at_nanos, f.media_type, f.digest \
      """;

  private static final String AFTER =
      FACTS + "from file f where f.number > ?1 order by f.number limit ?2";

  private static final String AMONG =
      FACTS
          + """
          from unnest(cast(?1 as bigint array)) k(number) join file f on f.number = k.number \
          order by f.number""";

  private static final String NUMBERS_OF_VERSIONS =
      """
      select f.number from unnest(cast(?1 as bytea array), cast(?2 as bigint array), \
      cast(?3 as integer array)) k(path_key, agent, version) \
      join file f on f.path_key = k.path_key and f.agent = k.agent and f.version = k.version""";

  private static final String LAST = "select f.number from file f order by f.number desc limit 1";

  private static final String DETAILS =
      "select "
          + Lookups.FILE
          + """
          , f.agent, a.id, a.host_name, f.client, c.address, f.collection, \
          (select max(n.version) from file n where n.path_key = f.path_key and n.agent = f.agent) \
          from unnest(cast(?1 as bigint array)) k(number) join file f on f.number = k.number \
          join agent a on a.number = f.agent join client c on c.number = f.client""";

  private static final String VERSIONS =
      """
      select n.number from file f join file n on n.path_key = f.path_key and n.agent = f.agent \
      where f.number = ?1 order by n.version desc limit ?2""";

  private static final String SAME_CONTENT =
      """
      select n.number from file f join file n on n.digest = f.digest \
      where f.number = ?1 and n.number <> f.number order by n.number desc limit ?2""";

  private static final String CLIENT = "select c.number from client c where c.address = ?1";

  private static final String ADDRESSES =
      """
      select c.number, c.address from unnest(cast(?1 as bigint array)) k(number) \
      join client c on c.number = k.number""";

  private static final int DETAIL_COLUMN = 11;

  private final EntityManager entities;

  FileRows(EntityManager entities) {
    this.entities = entities;
  }

  List<FileFacts> after(long number, int limit) {
    return Rows.of(entities, AFTER, number, limit).map(FileRows::facts).toList();
  }

  List<FileFacts> among(Collection<Long> numbers) {
    return Rows.of(entities, AMONG, (Object) numbers.toArray(Long[]::new))
        .map(FileRows::facts)
        .toList();
  }

  /** The numbers of the versions right before these, where there is one. */
  List<Long> predecessors(Collection<FileFacts> files) {
    List<FileFacts> later = files.stream().filter(file -> file.version() > 1).toList();
    if (later.isEmpty()) {
      return List.of();
    }
    return numbers(
        NUMBERS_OF_VERSIONS,
        later.stream().map(file -> Lookups.key(file.path()).bytes()).toArray(byte[][]::new),
        later.stream().map(FileFacts::agent).toArray(Long[]::new),
        later.stream().map(file -> file.version() - 1).toArray(Integer[]::new));
  }

  long last() {
    return numbers(LAST).stream().findFirst().orElse(0L);
  }

  List<FileDetails> details(Collection<Long> numbers) {
    Map<Long, FileDetails> found = new HashMap<>();
    Rows.of(entities, DETAILS, (Object) numbers.stream().distinct().toArray(Long[]::new))
        .map(FileRows::details)
        .forEach(file -> found.put(file.number(), file));
    return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  List<FileDetails> versions(long number, int limit) {
    return details(numbers(VERSIONS, number, limit));
  }

  List<FileDetails> sameContent(long number, int limit) {
    return details(numbers(SAME_CONTENT, number, limit));
  }

  Optional<Long> client(String address) {
    return numbers(CLIENT, address).stream().findFirst();
  }

  Map<Long, String> addresses(Collection<Long> clients) {
    Map<Long, String> found = new HashMap<>();
    Rows.of(entities, ADDRESSES, (Object) clients.toArray(Long[]::new))
        .forEach(row -> found.put(Rows.number(row[0]), (String) row[1]));
    return found;
  }

  private List<Long> numbers(String sql, Object... parameters) {
    return Rows.of(entities, sql, parameters).map(row -> Rows.number(row[0])).toList();
  }

  private static FileFacts facts(Object[] row) {
    return new FileFacts(
        Rows.number(row[0]),
        Rows.number(row[1]),
        Rows.number(row[2]),
        FilePath.of((byte[]) row[3]),
        Rows.integer(row[4]),
        Rows.number(row[5]),
        Rows.instant(row[6], row[7]),
        Rows.instant(row[8], row[9]),
        (String) row[10],
        Sha256.of((byte[]) row[11]));
  }

  private static FileDetails details(Object[] row) {
    return new FileDetails(
        Lookups.file(row),
        Rows.number(row[DETAIL_COLUMN]),
        Sha256.of((byte[]) row[DETAIL_COLUMN + 1]),
        (String) row[DETAIL_COLUMN + 2],
        Rows.number(row[DETAIL_COLUMN + 3]),
        (String) row[DETAIL_COLUMN + 4],
        Rows.number(row[DETAIL_COLUMN + 5]),
        Rows.integer(row[DETAIL_COLUMN + 6]));
  }
}
