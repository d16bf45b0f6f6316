package org.acopio.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's table of codes that invite PCs. Thread-safe; every method is one transaction and
 * throws {@link CatalogException} as those of {@link Catalog} do. What is written is on disk when a
 * method returns: a code that was taken back stays so after a power cut.
 */
public final class EnrolmentCodeTable {
  private static final String SELECT =
      """
      select number, digest, made_seconds, made_nanos, made_by, expires_seconds, expires_nanos, \
      uses, most_uses, taken_back_seconds, taken_back_nanos from enrolment_code""";

  private static final String NEWEST = SELECT + " order by number desc limit ?1";

  private static final String BY_DIGEST = SELECT + " where digest = ?1";

  private static final String INSERT =
      """
      insert into enrolment_code (digest, made_seconds, made_nanos, made_by, expires_seconds, \
      expires_nanos, uses, most_uses) \
      values (?1, ?2, ?3, ?4, ?5, ?6, 0, nullif(cast(?7 as bigint), 0))""";

  private static final String TAKE_BACK =
      """
      update enrolment_code set taken_back_seconds = ?2, taken_back_nanos = ?3 \
      where number = ?1 and taken_back_seconds is null""";

  private final Asked reading;
  private final Asked writing;

  EnrolmentCodeTable(Asked reading, Asked writing) {
    this.reading = reading;
    this.writing = writing;
  }

  /** Adds a code that nobody has used, and returns it with its number. */
  public EnrolmentCodeEntry add(EnrolmentCodeEntry code) {
    return writing.ask(
        "keep an enrolment code",
        entities -> {
          Rows.query(
                  entities,
                  INSERT,
                  code.digest().bytes(),
                  code.madeAt().getEpochSecond(),
                  code.madeAt().getNano(),
                  code.madeBy(),
                  code.expiresAt().getEpochSecond(),
                  code.expiresAt().getNano(),
                  code.mostUses().orElse(0))
              .executeUpdate();
          return Rows.of(entities, BY_DIGEST, (Object) code.digest().bytes())
              .map(EnrolmentCodeTable::code)
              .findFirst()
              .orElseThrow();
        });
  }

  /**
   * The codes that were made last, newest first.
   *
   * @param limit the most to return, at least 1
   */
  public List<EnrolmentCodeEntry> newest(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a list has at least 1 code, not " + limit);
    }
    return reading.ask(
        "list enrolment codes",
        entities -> Rows.of(entities, NEWEST, limit).map(EnrolmentCodeTable::code).toList());
  }

  /** The code with the digest of this secret, whether it invites or not. */
  public Optional<EnrolmentCodeEntry> find(Sha256 digest) {
    return reading.ask(
        "look for an enrolment code",
        entities ->
            Rows.of(entities, BY_DIGEST, (Object) digest.bytes())
                .map(EnrolmentCodeTable::code)
                .findFirst());
  }

  /** Makes a code worthless; false when there is none of this number, or it was so before. */
  public boolean takeBack(long number, Instant at) {
    return writing.ask(
        "take an enrolment code back",
        entities ->
            Rows.query(entities, TAKE_BACK, number, at.getEpochSecond(), at.getNano())
                    .executeUpdate()
                == 1);
  }

  private static EnrolmentCodeEntry code(@Nullable Object[] row) {
    return new EnrolmentCodeEntry(
        Rows.number(row[0]),
        Sha256.of((byte[]) Objects.requireNonNull(row[1])),
        Rows.moment(row[2], row[3]),
        (String) Objects.requireNonNull(row[4]),
        Rows.moment(row[5], row[6]),
        Rows.number(row[7]),
        row[8] == null ? OptionalLong.empty() : OptionalLong.of(Rows.number(row[8])),
        row[9] == null ? Optional.empty() : Optional.of(Rows.moment(row[9], row[10])));
  }
}
