package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/**
 * A row of the table of files that is about to be written. Such rows are written once, by the
 * hundred, and never changed, so they go in as one statement with an array for each column: as
 * entities they cost a third more of the processor on H2 and a round trip each on PostgreSQL.
 *
 * @param number the file's number
 * @param key finds the path
 * @param version one more than the newest of this agent and path
 */
record NewVersion(long number, NewFile file, Sha256 key, int version) {
  private static final int MAX_NAME = 255;

  private record Column(
      String name, String type, IntFunction<Object[]> array, Function<NewVersion, Object> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          int64("number", NewVersion::number),
          int64("upload", row -> row.file.upload()),
          int64("agent", row -> row.file.agent()),
          int64("client", row -> row.file.client()),
          int64("collection", row -> row.file.collection()),
          bytes("path_key", row -> row.key.bytes()),
          bytes("path", row -> row.file.path().bytes()),
          text("name", row -> DisplayText.name(row.file.path(), MAX_NAME)),
          int32("version", NewVersion::version),
          int64("size", row -> row.file.size()),
          int64("modified_seconds", row -> row.file.modified().getEpochSecond()),
          int32("modified_nanos", row -> row.file.modified().getNano()),
          text("media_type", row -> row.file.mediaType()),
          bytes("digest", row -> row.file.digest().bytes()),
          text("stored_as", row -> row.file.storedAs()),
          int64("stored_at_seconds", row -> row.file.storedAt().getEpochSecond()),
          int32("stored_at_nanos", row -> row.file.storedAt().getNano()));

  private static final String INSERT =
      COLUMNS.stream()
              .map(Column::name)
              .collect(Collectors.joining(", ", "insert into file (", ") select * from unnest("))
          + COLUMNS.stream()
              .map(column -> "cast(? as " + column.type + " array)")
              .collect(Collectors.joining(", ", "", ")"));

  /** Writes the rows in the current transaction. */
  static void insert(EntityManager entities, List<NewVersion> rows) {
    Query insert = entities.createNativeQuery(INSERT);
    int position = 0;
    for (Column column : COLUMNS) {
      Object[] values = rows.stream().map(column.value).toArray(column.array);
      insert.setParameter(++position, values);
    }
    insert.executeUpdate();
  }

  /** The file as a later reading returns it. */
  StoredFile stored() {
    return new StoredFile(
        file.path(),
        file.modified(),
        file.mediaType(),
        new Receipt(number, file.digest(), file.size(), version, file.storedAs(), file.storedAt()));
  }

  private static Column int64(String name, Function<NewVersion, Object> value) {
    return new Column(name, "bigint", Long[]::new, value);
  }

  private static Column int32(String name, Function<NewVersion, Object> value) {
    return new Column(name, "integer", Integer[]::new, value);
  }

  private static Column bytes(String name, Function<NewVersion, Object> value) {
    return new Column(name, "bytea", byte[][]::new, value);
  }

  private static Column text(String name, Function<NewVersion, Object> value) {
    return new Column(name, "varchar", String[]::new, value);
  }
}
