package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.acopio.catalog.KnownClient.Visitor;
import org.acopio.remote.Sha256;

/** The questions to the tables of addresses and agents, and to the sums that are kept of them. */
final class ClientLookups {
  private static final String OF_ALL = "1 = 1";

  private static final String CLIENTS =
      """
      from client t \
      left join (select client, %s from holding group by client) h on h.client = t.number \
      left join (select client, sum(collections) as collections from visit group by client) v \
      on v.client = t.number where\s"""
          .formatted(HoldingRows.SUMS);

  private static final String AGENTS =
      """
      from agent t \
      left join (select agent, %s from holding group by agent) h on h.agent = t.number \
      left join (select agent, sum(collections) as collections from visit group by agent) v \
      on v.agent = t.number where\s"""
          .formatted(HoldingRows.SUMS);

  private static final String SEEN =
      """
      t.first_seen_seconds, t.first_seen_nanos, t.last_seen_seconds, t.last_seen_nanos, \
      coalesce(v.collections, 0) as collections,\s""";

  private static final String CLIENT =
      "select t.number, t.address, " + SEEN + HoldingRows.sums("h") + " " + CLIENTS;

  private static final String AGENT =
      "select t.number, t.id, t.host_name, t.version, "
          + SEEN
          + HoldingRows.sums("h")
          + " "
          + AGENTS;

  private static final String CLIENT_MATCHES =
      """
      (lower(t.address) like ? escape '!' or exists (\
      select 1 from visit x join agent a on a.number = x.agent where x.client = t.number \
      and (lower(a.host_name) like ? escape '!' or (a.id >= ? and a.id < ?))))""";

  private static final String AGENT_MATCHES =
      """
      (lower(t.host_name) like ? escape '!' or (t.id >= ? and t.id < ?) or exists (\
      select 1 from visit x join client c on c.number = x.client where x.agent = t.number \
      and lower(c.address) like ? escape '!'))""";

  private static final String VISITORS =
      """
      select x.client, a.number, a.id, a.host_name \
      from unnest(cast(?1 as bigint array)) k(number) join visit x on x.client = k.number \
      join agent a on a.number = x.agent \
      order by x.last_seen_seconds desc, x.last_seen_nanos desc, a.number desc""";

  private static final String ADDRESSES =
      """
      select x.agent, c.address \
      from unnest(cast(?1 as bigint array)) k(number) join visit x on x.agent = k.number \
      join client c on c.number = x.client \
      order by x.last_seen_seconds desc, x.last_seen_nanos desc, c.number desc""";

  private static final String UNPROVEN =
      """
      select u.agent, count(*) from unnest(cast(?1 as bigint array)) k(number) \
      join unproven u on u.agent = k.number group by u.agent""";

  private static final int CLIENT_SUMS = 7;
  private static final int AGENT_SUMS = 9;

  private final EntityManager entities;

  ClientLookups(EntityManager entities) {
    this.entities = entities;
  }

  List<KnownClient> clients(Listing listing) {
    List<Object> parameters = new ArrayList<>();
    String where = clientMatches(listing, parameters);
    return clients(page(CLIENT + where, "t.address", listing, parameters), parameters.toArray());
  }

  long countClients(Listing listing) {
    List<Object> parameters = new ArrayList<>();
    String where = clientMatches(listing, parameters);
    return count("select count(*) from client t where " + where, parameters);
  }

  Optional<KnownClient> client(String address) {
    return clients(CLIENT + "t.address = ?", address).stream().findFirst();
  }

  List<KnownAgent> agents(Listing listing) {
    List<Object> parameters = new ArrayList<>();
    String where = agentMatches(listing, parameters);
    return agents(page(AGENT + where, "t.host_name", listing, parameters), parameters.toArray());
  }

  long countAgents(Listing listing) {
    List<Object> parameters = new ArrayList<>();
    String where = agentMatches(listing, parameters);
    return count("select count(*) from agent t where " + where, parameters);
  }

  Optional<KnownAgent> agent(Sha256 id) {
    return agents(AGENT + "t.id = ?", (Object) id.bytes()).stream().findFirst();
  }

  List<KnownAgent> agentsById(String prefix) {
    return agents(
        AGENT + "t.id >= ? and t.id < ? order by t.id limit 2", least(prefix), beyond(prefix));
  }

  List<KnownAgent> agentsOf(long client) {
    return agents(
        AGENT
            + "t.number in (select x.agent from visit x where x.client = ?)"
            + " order by t.last_seen_seconds desc, t.last_seen_nanos desc, t.number desc",
        client);
  }

  private static String clientMatches(Listing listing, List<Object> parameters) {
    if (listing.text().isEmpty()) {
      return OF_ALL;
    }
    String like = LikePattern.containing(listing.text());
    parameters.addAll(Arrays.asList(like, like, least(listing.text()), beyond(listing.text())));
    return CLIENT_MATCHES;
  }

  private static String agentMatches(Listing listing, List<Object> parameters) {
    if (listing.text().isEmpty()) {
      return OF_ALL;
    }
    String like = LikePattern.containing(listing.text());
    parameters.addAll(Arrays.asList(like, least(listing.text()), beyond(listing.text()), like));
    return AGENT_MATCHES;
  }

  /**
   * The least id that begins with these digits; nothing lies between it and {@link #beyond} when
   * they are none.
   */
  private static byte[] least(String digits) {
    return isHex(digits) ? HexFormat.of().parseHex(even(digits, '0')) : new byte[0];
  }

  /** Beyond every id that begins with these digits. */
  private static byte[] beyond(String digits) {
    if (!isHex(digits)) {
      return new byte[0];
    }
    byte[] last = HexFormat.of().parseHex(even(digits, 'f'));
    byte[] beyond = Arrays.copyOf(last, Sha256.LENGTH + 1);
    Arrays.fill(beyond, last.length, beyond.length, (byte) 0xff);
    return beyond;
  }

  private static boolean isHex(String text) {
    return !text.isEmpty()
        && text.length() <= 2 * Sha256.LENGTH
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
  }

  private static String even(String digits, char with) {
    return digits.length() % 2 == 0 ? digits : digits + with;
  }

  private static String page(String sql, String name, Listing listing, List<Object> parameters) {
    String direction = listing.ascending() ? " asc" : " desc";
    String order =
        switch (listing.order()) {
          case NAME -> "lower(" + name + ")" + direction;
          case FIRST_SEEN ->
              "t.first_seen_seconds" + direction + ", t.first_seen_nanos" + direction;
          case LAST_SEEN -> "t.last_seen_seconds" + direction + ", t.last_seen_nanos" + direction;
          case COLLECTIONS -> "coalesce(v.collections, 0)" + direction;
          case FILES -> "coalesce(h.files, 0)" + direction;
          case BYTES -> "coalesce(h.bytes, 0)" + direction;
        };
    parameters.add(listing.limit());
    parameters.add(listing.offset());
    return sql + " order by " + order + ", t.number" + direction + " limit ? offset ?";
  }

  private long count(String sql, List<Object> parameters) {
    return Rows.of(entities, sql, parameters.toArray()).mapToLong(row -> Rows.int64(row[0])).sum();
  }

  private List<KnownClient> clients(String sql, Object... parameters) {
    List<Object[]> rows = Rows.of(entities, sql, parameters).toList();
    Map<Long, List<Visitor>> visitors = new HashMap<>();
    Rows.of(entities, VISITORS, (Object) numbers(rows))
        .forEach(
            row ->
                visitors
                    .computeIfAbsent(Rows.int64(row[0]), client -> new ArrayList<>())
                    .add(
                        new Visitor(
                            Rows.int64(row[1]), Sha256.of((byte[]) row[2]), (String) row[3])));
    return rows.stream()
        .map(row -> client(row, visitors.getOrDefault(Rows.int64(row[0]), List.of())))
        .toList();
  }

  private static KnownClient client(Object[] row, List<Visitor> visitors) {
    return new KnownClient(
        Rows.int64(row[0]),
        (String) row[1],
        Rows.instant(row[2], row[3]),
        Rows.instant(row[4], row[5]),
        Rows.int64(row[6]),
        Holdings.read(row, CLIENT_SUMS),
        visitors);
  }

  private List<KnownAgent> agents(String sql, Object... parameters) {
    List<Object[]> rows = Rows.of(entities, sql, parameters).toList();
    Map<Long, List<String>> addresses = new HashMap<>();
    Rows.of(entities, ADDRESSES, (Object) numbers(rows))
        .forEach(
            row ->
                addresses
                    .computeIfAbsent(Rows.int64(row[0]), agent -> new ArrayList<>())
                    .add((String) row[1]));
    // Of those on the page only: an agent may have said much that is not proven.
    Map<Long, Long> unproven = new HashMap<>();
    Rows.of(entities, UNPROVEN, (Object) numbers(rows))
        .forEach(row -> unproven.put(Rows.int64(row[0]), Rows.int64(row[1])));
    return rows.stream()
        .map(
            row ->
                agent(
                    row,
                    unproven.getOrDefault(Rows.int64(row[0]), 0L),
                    addresses.getOrDefault(Rows.int64(row[0]), List.of())))
        .toList();
  }

  private static KnownAgent agent(Object[] row, long unproven, List<String> addresses) {
    return new KnownAgent(
        Rows.int64(row[0]),
        Sha256.of((byte[]) row[1]),
        (String) row[2],
        (String) row[3],
        Rows.instant(row[4], row[5]),
        Rows.instant(row[6], row[7]),
        Rows.int64(row[8]),
        Holdings.read(row, AGENT_SUMS),
        unproven,
        addresses);
  }

  private static Long[] numbers(List<Object[]> rows) {
    return rows.stream().map(row -> Rows.int64(row[0])).toArray(Long[]::new);
  }
}
