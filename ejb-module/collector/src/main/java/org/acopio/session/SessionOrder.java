package org.acopio.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What live sessions can be sorted by. Where that is equal, the older one comes first. */
public enum SessionOrder {
  /** When it began, by the system's clock. */
  BEGUN(session -> new Beginning(session.openedAt(), session.number())),
  KIND(session -> session.kind().ordinal()),
  /** The client's address, IPv4 before IPv6, and below that its port. */
  ADDRESS(SessionOrder::place),
  /** The client's port. */
  PORT(Session::remotePort),
  /** The server's port. */
  LOCAL_PORT(Session::localPort),
  MESSAGES(Session::messages),
  /** Bytes from the client. */
  READ(Session::bytesRead),
  /** Bytes to the client. */
  WRITTEN(Session::bytesWritten),
  /** What else is known of it, in any letter case. */
  DETAIL(session -> session.detail().toLowerCase(Locale.ROOT));

  /** A session with what it is sorted by, which must not change meanwhile. */
  private record Keyed(Session session, Comparable<Object> key) {}

  /** Of two of one moment, that comes first which the registry took in first. */
  private record Beginning(Instant at, long number) implements Comparable<Beginning> {
    @Override
    public int compareTo(Beginning other) {
      int earlier = at.compareTo(other.at);
      return earlier != 0 ? earlier : Long.compare(number, other.number);
    }
  }

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final Function<Session, Comparable<Object>> key;

  @SuppressWarnings("unchecked")
  <T extends Comparable<T>> SessionOrder(Function<Session, T> key) {
    // Keys of one order are compared with each other alone.
    this.key = session -> (Comparable<Object>) (Comparable<?>) key.apply(session);
  }

  /** The name for programs, such as {@code begun}. */
  public String word() {
    return word;
  }

  /** The order with this word, in any letter case. */
  public static Optional<SessionOrder> of(String word) {
    return Stream.of(values()).filter(order -> order.word.equalsIgnoreCase(word)).findFirst();
  }

  /** Those sessions in this order; they come ascending by number. */
  List<Session> sorted(List<Session> sessions, boolean descending) {
    Comparator<Keyed> ascending = Comparator.comparing(Keyed::key);
    return sessions.stream()
        .map(session -> new Keyed(session, key.apply(session)))
        .sorted(descending ? ascending.reversed() : ascending)
        .map(Keyed::session)
        .toList();
  }

  private static String place(Session session) {
    InetAddress address = session.remote().getAddress();
    byte[] bytes = address == null ? new byte[0] : address.getAddress();
    return "%02d%s%s%05d"
        .formatted(
            bytes.length,
            HexFormat.of().formatHex(bytes),
            bytes.length == 0 ? session.remoteAddress() : "",
            session.remotePort());
  }
}
