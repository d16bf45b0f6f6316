package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.List;
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

  private static final List<Column<NewVersion>> COLUMNS =
      List.of(
          Column.int64("number", NewVersion::number),
          Column.int64("upload", row -> row.file.upload()),
          Column.int64("agent", row -> row.file.agent()),
          Column.int64("client", row -> row.file.client()),
          Column.int64("collection", row -> row.file.collection()),
          Column.bytes("path_key", row -> row.key.bytes()),
          Column.bytes("path", row -> row.file.path().bytes()),
          Column.text("name", row -> DisplayText.name(row.file.path(), MAX_NAME)),
          Column.int32("version", NewVersion::version),
          Column.int64("size", row -> row.file.size()),
          Column.int64("modified_seconds", row -> row.file.modified().getEpochSecond()),
          Column.int32("modified_nanos", row -> row.file.modified().getNano()),
          Column.text("media_type", row -> row.file.mediaType()),
          Column.bytes("digest", row -> row.file.digest().bytes()),
          Column.text("stored_as", row -> row.file.storedAs()),
          Column.int64("stored_at_seconds", row -> row.file.storedAt().getEpochSecond()),
          Column.int32("stored_at_nanos", row -> row.file.storedAt().getNano()));

  private static final String INSERT =
      "insert into file (" + Column.names(COLUMNS) + ") select * from " + Column.unnested(COLUMNS);

  /** Writes the rows in the current transaction. */
  static void insert(EntityManager entities, List<NewVersion> rows) {
    Column.execute(entities, INSERT, COLUMNS, rows);
  }

  /** The file as a later reading returns it. */
  StoredFile stored() {
    return new StoredFile(
        file.path(),
        file.modified(),
        file.mediaType(),
        new Receipt(number, file.digest(), file.size(), version, file.storedAs(), file.storedAt()));
  }
}
