package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A column of rows that are written many at a time, as one statement with an array for each column.
 *
 * @param name in the table
 * @param type the database's type of one value
 * @param array makes the array
 * @param value takes the value out of what a row is made of
 */
record Column<R>(String name, String type, IntFunction<Object[]> array, Function<R, Object> value) {

  static <R> Column<R> int64(String name, Function<R, Object> value) {
    return new Column<>(name, "bigint", Long[]::new, value);
  }

  static <R> Column<R> int32(String name, Function<R, Object> value) {
    return new Column<>(name, "integer", Integer[]::new, value);
  }

  static <R> Column<R> bytes(String name, Function<R, Object> value) {
    return new Column<>(name, "bytea", byte[][]::new, value);
  }

  static <R> Column<R> text(String name, Function<R, Object> value) {
    return new Column<>(name, "varchar", String[]::new, value);
  }

  /** The names, to be listed in a statement. */
  static <R> String names(List<Column<R>> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The rows as a table, with a parameter for each column. */
  static <R> String unnested(List<Column<R>> columns) {
    return columns.stream()
        .map(column -> "cast(? as " + column.type + " array)")
        .collect(Collectors.joining(", ", "unnest(", ")"));
  }

  /** Runs a statement whose parameters are those of {@link #unnested}. */
  static <R> int execute(
      EntityManager entities, String sql, List<Column<R>> columns, List<R> rows) {
    Query query = entities.createNativeQuery(sql);
    int position = 0;
    for (Column<R> column : columns) {
      Object[] values = rows.stream().map(column.value).toArray(column.array);
      query.setParameter(++position, values);
    }
    return query.executeUpdate();
  }
}
