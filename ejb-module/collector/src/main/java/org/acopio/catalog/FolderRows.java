package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The questions to the table of files by which {@link FolderTrees} are kept. */
final class FolderRows {
  /** The most rows of one answer, so that no answer is larger than memory. */
  static final int CHUNK = 5_000;

  private static final String OF_PC = "select f.number, f.path, f.size, f.version, f.media_type ";

  private static final String IN_STORE =
      "select f.number, f.stored_as, f.size, f.version, f.media_type ";

  private static final String AFTER = "from file f where f.agent = ?1 and f.number > ?2";

  private static final String FROM_CLIENT = " and f.client = ?3";
  private static final String ORDER = " order by f.number limit " + CHUNK;

  private static final String HELD =
      "select h.agent, sum(h.files) from unnest(cast(?1 as bigint array)) k(number)"
          + " join holding h on h.agent = k.number";

  private final EntityManager entities;
  private final Optional<Long> client;

  /**
   * @param client number of an address, to look only at what came from it, by its names in the
   *     store
   */
  FolderRows(EntityManager entities, Optional<Long> client) {
    this.entities = entities;
    this.client = client;
  }

  /** How many files there are of each of these agents, those without any left out. */
  Map<Long, Long> held(Collection<Long> agents) {
    Object numbers = agents.toArray(Long[]::new);
    Stream<Object[]> rows =
        client.isPresent()
            ? Rows.of(
                entities,
                HELD + " and h.client = ?2 group by h.agent",
                numbers,
                client.orElseThrow())
            : Rows.of(entities, HELD + " group by h.agent", numbers);
    Map<Long, Long> held = new HashMap<>();
    rows.forEach(row -> held.put(Rows.int64(row[0]), Rows.int64(row[1])));
    return held;
  }

  /** The next {@value #CHUNK} files of an agent, ascending: number, path, size, version, type. */
  List<Object[]> after(long agent, long number) {
    return (client.isPresent()
            ? Rows.of(
                entities,
                IN_STORE + AFTER + FROM_CLIENT + ORDER,
                agent,
                number,
                client.orElseThrow())
            : Rows.of(entities, OF_PC + AFTER + ORDER, agent, number))
        .toList();
  }

  /** Of names in the store the first folder is the address, which everything here shares. */
  static byte[] path(Object column) {
    if (column instanceof byte[] bytes) {
      return bytes;
    }
    String storedAs = (String) column;
    return storedAs.substring(storedAs.indexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
  }
}
