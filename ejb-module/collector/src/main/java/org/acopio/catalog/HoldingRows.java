package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.media.MediaKind;

/**
 * The sums of what agents have in the store, by agent, address and kind. They change with the files
 * in one transaction, which holds the rows of the agents, so that no two change one sum at once.
 */
final class HoldingRows {
  private static final String OTHER = "other";

  /** A sum that changes. */
  private record Key(long agent, long client, String kind) {}

  private record Change(Key key, long files, long bytes) {
    Change plus(Change other) {
      return new Change(key, files + other.files, bytes + other.bytes);
    }
  }

  private static final List<Column<Change>> COLUMNS =
      List.of(
          Column.int64("agent", change -> change.key.agent),
          Column.int64("client", change -> change.key.client),
          Column.text("kind", change -> change.key.kind),
          Column.int64("files", Change::files),
          Column.int64("bytes", Change::bytes));

  /** The sums of a group, for {@link Holdings#read}. */
  static final String SUMS =
      Stream.of(MediaKind.values())
          .map(
              kind ->
                  ", sum(case when kind = '%1$s' then files else 0 end) as %1$s_files, sum(case when kind = '%1$s' then bytes else 0 end) as %1$s_bytes"
                      .formatted(word(kind)))
          .collect(Collectors.joining("", "sum(files) as files, sum(bytes) as bytes", ""));

  /** The columns of {@link #SUMS} as those of {@code table}. */
  static String sums(String table) {
    return Stream.concat(
            Stream.of("files", "bytes"),
            Stream.of(MediaKind.values())
                .flatMap(kind -> Stream.of(word(kind) + "_files", word(kind) + "_bytes")))
        .map(column -> table + "." + column)
        .collect(Collectors.joining(", "));
  }

  private final EntityManager entities;
  private final Database database;

  HoldingRows(EntityManager entities, Database database) {
    this.entities = entities;
    this.database = database;
  }

  /** Adds files that were not there before. */
  void add(List<NewFile> files) {
    Map<Key, Change> changes = new LinkedHashMap<>();
    for (NewFile file : files) {
      Key key = new Key(file.agent(), file.client(), kind(file.mediaType()));
      changes.merge(key, new Change(key, 1, file.size()), Change::plus);
    }
    if (!changes.isEmpty()) {
      String rows = Column.unnested(COLUMNS);
      Column.execute(
          entities, database.addToHoldings(rows), COLUMNS, new ArrayList<>(changes.values()));
    }
  }

  private static String kind(String mediaType) {
    return MediaKind.of(mediaType).map(HoldingRows::word).orElse(OTHER);
  }

  private static String word(MediaKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
