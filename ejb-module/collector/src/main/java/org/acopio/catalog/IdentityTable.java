package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.catalog.IdentityEntry.Reason;
import org.acopio.catalog.IdentityEntry.Revocation;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's table of keys that the authority has certified. Thread-safe, and safe for several
 * nodes; every method is one transaction and throws {@link CatalogException} as those of {@link
 * Catalog} do. What is written is on disk when a method returns: a PC is never told of a
 * certificate that a power cut makes unknown, and what was revoked stays so.
 */
public final class IdentityTable {
  private static final String SELECT =
      """
      select number, agent_id, key_digest, host_name, version, issued_seconds, issued_nanos, code, \
      parent, seen_seconds, seen_nanos, seen_address, rekey_wanted, revoked_seconds, \
      revoked_nanos, revoked_why from identity""";

  private static final String PAGE = SELECT + " order by number desc limit ?1 offset ?2";

  private static final String ONE = SELECT + " where number = ?1";

  private static final String BY_KEY = SELECT + " where key_digest = ?1";

  private static final String USE =
      """
      update enrolment_code set uses = uses + 1 where digest = ?1 and taken_back_seconds is null \
      and expires_seconds > ?2 and (most_uses is null or uses < most_uses)""";

  private static final String INSERT =
      """
      insert into identity (agent_id, key_digest, host_name, version, issued_seconds, issued_nanos, \
      code, parent, seen_seconds, seen_nanos, seen_address, lineage, rekey_wanted, revoked_why) \
      values (?1, ?2, ?3, ?4, ?5, ?6, nullif(cast(?7 as bigint), 0), nullif(cast(?8 as bigint), 0), \
      ?5, ?6, ?9, ?10, false, '')""";

  private static final String BEGIN_AGAIN =
      "update identity set lineage = ?2, lineage_before = null where number = ?1";

  private static final String STEP =
      """
      update identity set lineage_before = ?2, lineage = ?3, seen_seconds = ?4, seen_nanos = ?5, \
      seen_address = ?6 where number = ?1 and revoked_seconds is null \
      and (lineage = ?2 or lineage_before = ?2)""";

  private static final String HAS_WORD =
      """
      select number from identity where number = ?1 and revoked_seconds is null \
      and (lineage = ?2 or lineage_before = ?2)""";

  private static final String CONFIRM =
      """
      update identity set lineage_before = null where number = ?1 and lineage = ?2 \
      and revoked_seconds is null""";

  private static final String REPLACE =
      """
      update identity set revoked_seconds = ?3, revoked_nanos = ?4, revoked_why = 'replaced' \
      where agent_id = ?1 and (number = ?5 or parent = ?5) and number <> ?2 \
      and revoked_seconds is null""";

  private static final String REVOKE =
      """
      update identity set revoked_seconds = ?2, revoked_nanos = ?3, revoked_why = 'revoked' \
      where number = ?1 and revoked_seconds is null""";

  private static final String WANT_REKEY =
      "update identity set rekey_wanted = true where number = ?1 and revoked_seconds is null";

  private final Asked reading;
  private final Asked writing;

  IdentityTable(Asked reading, Asked writing) {
    this.reading = reading;
    this.writing = writing;
  }

  /**
   * Adds an identity when the code with this digest invites, and counts the use. A PC that comes
   * again with the same key and code, since it did not get the answer, costs no use; its lineage
   * begins anew. Nothing when the code does not invite, or the key is somebody else's.
   *
   * @param lineage the first word
   */
  public Optional<IdentityEntry> enrol(Sha256 code, IdentityEntry identity, byte[] lineage) {
    return writing.ask(
        "enrol an agent",
        entities -> {
          Optional<IdentityEntry> present = withKey(entities, identity.key());
          if (present.isPresent()) {
            return present
                .filter(same -> same.valid() && same.agent().equals(identity.agent()))
                .filter(same -> same.code().equals(numberOf(entities, code)))
                .map(same -> begunAgain(entities, same, lineage));
          }
          int used =
              Rows.query(entities, USE, code.bytes(), identity.issuedAt().getEpochSecond())
                  .executeUpdate();
          if (used == 0) {
            return Optional.empty();
          }
          return added(entities, identity, numberOf(entities, code).orElse(0), lineage);
        });
  }

  /**
   * Adds an identity that comes from its {@link IdentityEntry#parent}. Nothing when the parent is
   * not valid any more or the key is known already.
   *
   * @param lineage the first word
   */
  public Optional<IdentityEntry> renew(IdentityEntry identity, byte[] lineage) {
    long parent = identity.parent().orElseThrow();
    return writing.ask(
        "renew an identity",
        entities -> {
          boolean from =
              read(entities, ONE + " for update", parent).stream().anyMatch(IdentityEntry::valid);
          if (!from || withKey(entities, identity.key()).isPresent()) {
            return Optional.empty();
          }
          return added(entities, identity, identity.code().orElse(0), lineage);
        });
  }

  /** The identity with the key of this digest, valid or not. */
  public Optional<IdentityEntry> find(Sha256 key) {
    return reading.ask("look for an identity", entities -> withKey(entities, key));
  }

  public Optional<IdentityEntry> find(long number) {
    return reading.ask(
        "look for an identity", entities -> read(entities, ONE, number).stream().findFirst());
  }

  /**
   * A page of the identities, newest first.
   *
   * @param first how many to leave out, 0 or more
   * @param limit the most to return, at least 1
   */
  public List<IdentityEntry> page(int first, int limit) {
    if (first < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 identity, not "
              + first
              + " and "
              + limit);
    }
    return reading.ask("list identities", entities -> read(entities, PAGE, limit, first));
  }

  public long count() {
    return reading.ask(
        "count identities",
        entities ->
            Rows.number(Rows.query(entities, "select count(*) from identity").getSingleResult()));
  }

  /** Whether this is the word with which the identity goes on, or the one before it. */
  public boolean hasWord(long number, byte[] word) {
    return reading.ask(
        "compare a lineage",
        entities -> Rows.of(entities, HAS_WORD, number, word).findAny().isPresent());
  }

  /**
   * Gives the identity its next word when it came with the one that it has, or with the one before
   * a word that was not confirmed; until {@link #confirm} it may come with the same one again.
   * False when the word is another, or the identity is not valid.
   *
   * @param at when it came
   * @param address from where
   */
  public boolean step(long number, byte[] word, byte[] next, Instant at, String address) {
    return writing.ask(
        "take a lineage on",
        entities ->
            Rows.query(
                        entities,
                        STEP,
                        number,
                        word,
                        next,
                        at.getEpochSecond(),
                        at.getNano(),
                        DisplayText.clean(address, ClientRow.MAX_ADDRESS))
                    .executeUpdate()
                == 1);
  }

  /**
   * Notes that the agent keeps this word, and forgets the one before. What the identity was renewed
   * from for the same agent is worthless from now on. False when the word was replaced meanwhile.
   */
  public boolean confirm(long number, byte[] word, Instant at) {
    return writing.ask(
        "confirm a lineage",
        entities -> {
          if (Rows.query(entities, CONFIRM, number, word).executeUpdate() == 0) {
            return false;
          }
          IdentityEntry identity = read(entities, ONE, number).get(0);
          identity
              .parent()
              .ifPresent(
                  parent ->
                      Rows.query(
                              entities,
                              REPLACE,
                              identity.agent().bytes(),
                              number,
                              at.getEpochSecond(),
                              at.getNano(),
                              parent)
                          .executeUpdate());
          return true;
        });
  }

  /** Makes an identity worthless; false when there is none of this number, or it was so before. */
  public boolean revoke(long number, Instant at) {
    return writing.ask(
        "revoke an identity",
        entities ->
            Rows.query(entities, REVOKE, number, at.getEpochSecond(), at.getNano()).executeUpdate()
                == 1);
  }

  /** Asks for a new key at the next check-in; false when there is no such valid identity. */
  public boolean wantRekey(long number) {
    return writing.ask(
        "ask for a new key",
        entities -> Rows.query(entities, WANT_REKEY, number).executeUpdate() == 1);
  }

  private static Optional<IdentityEntry> added(
      EntityManager entities, IdentityEntry identity, long code, byte[] lineage) {
    Rows.query(
            entities,
            INSERT,
            identity.agent().bytes(),
            identity.key().bytes(),
            identity.hostName(),
            identity.version(),
            identity.issuedAt().getEpochSecond(),
            identity.issuedAt().getNano(),
            code,
            identity.parent().orElse(0),
            identity.seenAddress(),
            lineage)
        .executeUpdate();
    return withKey(entities, identity.key());
  }

  private static IdentityEntry begunAgain(
      EntityManager entities, IdentityEntry identity, byte[] lineage) {
    Rows.query(entities, BEGIN_AGAIN, identity.number(), lineage).executeUpdate();
    return identity;
  }

  private static OptionalLong numberOf(EntityManager entities, Sha256 code) {
    return Rows.of(
            entities, "select number from enrolment_code where digest = ?1", (Object) code.bytes())
        .mapToLong(row -> Rows.number(row[0]))
        .findFirst();
  }

  private static Optional<IdentityEntry> withKey(EntityManager entities, Sha256 key) {
    return read(entities, BY_KEY, (Object) key.bytes()).stream().findFirst();
  }

  private static List<IdentityEntry> read(
      EntityManager entities, String sql, Object... parameters) {
    return Rows.of(entities, sql, parameters).map(IdentityTable::identity).toList();
  }

  private static IdentityEntry identity(@Nullable Object[] row) {
    return new IdentityEntry(
        Rows.number(row[0]),
        digest(row[1]),
        digest(row[2]),
        text(row[3]),
        text(row[4]),
        Rows.moment(row[5], row[6]),
        optional(row[7]),
        optional(row[8]),
        Rows.moment(row[9], row[10]),
        text(row[11]),
        Boolean.TRUE.equals(row[12]),
        row[13] == null
            ? Optional.empty()
            : Optional.of(new Revocation(Rows.moment(row[13], row[14]), reason(text(row[15])))));
  }

  private static Reason reason(String word) {
    return Reason.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Sha256 digest(@Nullable Object column) {
    return Sha256.of((byte[]) Objects.requireNonNull(column));
  }

  private static String text(@Nullable Object column) {
    return (String) Objects.requireNonNull(column);
  }

  private static OptionalLong optional(@Nullable Object column) {
    return column == null ? OptionalLong.empty() : OptionalLong.of(Rows.number(column));
  }
}
