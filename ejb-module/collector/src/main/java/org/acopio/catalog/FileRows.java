package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    return rows(query(AFTER, number, limit)).map(FileRows::facts).toList();
  }

  List<FileFacts> among(Collection<Long> numbers) {
    return rows(query(AMONG, (Object) numbers.toArray(Long[]::new))).map(FileRows::facts).toList();
  }

  /** The numbers of the versions right before these, where there is one. */
  List<Long> predecessors(Collection<FileFacts> files) {
    List<FileFacts> later = files.stream().filter(file -> file.version() > 1).toList();
    if (later.isEmpty()) {
      return List.of();
    }
    return numbers(
        query(
            NUMBERS_OF_VERSIONS,
            later.stream().map(file -> Lookups.key(file.path()).bytes()).toArray(byte[][]::new),
            later.stream().map(FileFacts::agent).toArray(Long[]::new),
            later.stream().map(file -> file.version() - 1).toArray(Integer[]::new)));
  }

  long last() {
    return numbers(query(LAST)).stream().findFirst().orElse(0L);
  }

  List<FileDetails> details(Collection<Long> numbers) {
    Map<Long, FileDetails> found = new HashMap<>();
    rows(query(DETAILS, (Object) numbers.stream().distinct().toArray(Long[]::new)))
        .map(FileRows::details)
        .forEach(file -> found.put(file.number(), file));
    return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  List<FileDetails> versions(long number, int limit) {
    return details(numbers(query(VERSIONS, number, limit)));
  }

  List<FileDetails> sameContent(long number, int limit) {
    return details(numbers(query(SAME_CONTENT, number, limit)));
  }

  Optional<Long> client(String address) {
    return numbers(query(CLIENT, address)).stream().findFirst();
  }

  Map<Long, String> addresses(Collection<Long> clients) {
    Map<Long, String> found = new HashMap<>();
    rows(query(ADDRESSES, (Object) clients.toArray(Long[]::new)))
        .forEach(row -> found.put(Lookups.number(row[0]), (String) row[1]));
    return found;
  }

  private Query query(String sql, Object... parameters) {
    Query query = entities.createNativeQuery(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }

  private static Stream<Object[]> rows(Query query) {
    return ((List<?>) query.getResultList()).stream().map(Object[].class::cast);
  }

  private static List<Long> numbers(Query query) {
    List<?> found = query.getResultList();
    return found.stream().map(Lookups::number).toList();
  }

  private static FileFacts facts(Object[] row) {
    return new FileFacts(
        Lookups.number(row[0]),
        Lookups.number(row[1]),
        Lookups.number(row[2]),
        FilePath.of((byte[]) row[3]),
        Lookups.integer(row[4]),
        Lookups.number(row[5]),
        Lookups.instant(row[6], row[7]),
        Lookups.instant(row[8], row[9]),
        (String) row[10],
        Sha256.of((byte[]) row[11]));
  }

  private static FileDetails details(Object[] row) {
    return new FileDetails(
        Lookups.file(row),
        Lookups.number(row[DETAIL_COLUMN]),
        Sha256.of((byte[]) row[DETAIL_COLUMN + 1]),
        (String) row[DETAIL_COLUMN + 2],
        Lookups.number(row[DETAIL_COLUMN + 3]),
        (String) row[DETAIL_COLUMN + 4],
        Lookups.number(row[DETAIL_COLUMN + 5]),
        Lookups.integer(row[DETAIL_COLUMN + 6]));
  }
}
