package org.acopio.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The registry of every live connection of every kind. Thread-safe; beginning and ending a session
 * costs microseconds with any number of them, and waits for nobody.
 *
 * <p>From its making to {@link #close} one thread brings what remains of ended sessions to the
 * history; a second one calls listeners, once there are any.
 */
public final class Sessions implements AutoCloseable {
  /** The most ended sessions that wait for the history. */
  static final int HISTORY_CAPACITY = 100_000;

  private static final int HISTORY_BATCH = 500;
  private static final Duration HISTORY_RETRY = Duration.ofSeconds(1);

  private final ConcurrentSkipListMap<Long, Session> live = new ConcurrentSkipListMap<>();
  private final Map<SessionKind, Tally> tallies = new EnumMap<>(SessionKind.class);
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder changes = new LongAdder();
  private final Mailbox<EndedSession> history;
  private final Events events = new Events();
  private volatile boolean closed;

  public Sessions(SessionHistory history) {
    this(history, HISTORY_CAPACITY, HISTORY_RETRY);
  }

  Sessions(SessionHistory history, int capacity, Duration retryAfter) {
    for (SessionKind kind : SessionKind.values()) {
      tallies.put(kind, new Tally());
    }
    this.history =
        new Mailbox<>("acopio-session-history", capacity, HISTORY_BATCH, retryAfter, history::keep);
  }

  /**
   * Takes a new connection in. Its transport says {@link Session#ended} when it is over. After
   * {@link #close} the connection is closed at once and not taken in.
   */
  public Session open(SessionKind kind, Link link) {
    Session session = new Session(numbers.incrementAndGet(), kind, link, this);
    live.put(session.number(), session);
    tally(kind).began();
    changed();
    events.added(session);
    if (closed) {
      stop(session);
    }
    return session;
  }

  /** Returns whether it was there; of several callers one is told so. */
  boolean remove(Session session) {
    boolean removed = live.remove(session.number()) != null;
    if (removed) {
      tally(session.kind()).left();
    }
    return removed;
  }

  void ended(EndedSession remains) {
    tally(remains.kind()).ended(remains);
    changed();
    history.offer(remains);
    events.ended(remains);
  }

  void changed() {
    changes.increment();
  }

  /**
   * A number that is another one whenever a session has begun, is closing, has ended, or has
   * another detail; figures of a session that grow do not change it.
   */
  public long changes() {
    return changes.sum();
  }

  /** The live session with this number. */
  public Optional<Session> find(long number) {
    return Optional.ofNullable(live.get(number));
  }

  /** How many sessions are live. */
  public int count() {
    return tallies.values().stream().mapToInt(Tally::live).sum();
  }

  /** How many sessions of each kind are live; every kind is there. */
  public Map<SessionKind, Integer> counts() {
    Map<SessionKind, Integer> now = new EnumMap<>(SessionKind.class);
    tallies.forEach((kind, tally) -> now.put(kind, tally.live()));
    return now;
  }

  /**
   * A page of the live sessions, oldest first.
   *
   * @param kind only this one, or all when empty
   * @param offset how many to leave out, 0 or more
   * @param limit the most to return, 1 or more
   */
  public List<Session> page(Optional<SessionKind> kind, int offset, int limit) {
    if (offset < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 session, not offset %d and limit %d"
              .formatted(offset, limit));
    }
    return of(kind).skip(offset).limit(limit).toList();
  }

  /** What the sessions of a kind have done since the start; looks at each live one of them. */
  public KindTotals totals(SessionKind kind) {
    return tally(kind).totals(of(Optional.of(kind)));
  }

  /** How many sessions of a kind began since the start. */
  public long begun(SessionKind kind) {
    return tally(kind).begun();
  }

  /** How many sessions of a kind are over since the start, for this reason. */
  public long ended(SessionKind kind, EndReason reason) {
    return tally(kind).ended(reason);
  }

  /** Those live sessions that match, sorted, and how many there are. Looks at each live one. */
  public SessionPage page(SessionQuery query) {
    List<Session> matching = live.values().stream().filter(query::matches).toList();
    List<Session> page =
        query.order().sorted(matching, query.descending()).stream()
            .skip(query.offset())
            .limit(query.limit())
            .toList();
    return new SessionPage(matching.size(), page);
  }

  /**
   * Begins to close every session of a kind, or every one when empty. Returns how many that was,
   * without those that were closing already.
   */
  public int closeAll(Optional<SessionKind> kind) {
    return closeAll(kind, "");
  }

  /**
   * The same, of those only that match a text as in {@link SessionQuery}; empty matches everything.
   */
  public int closeAll(Optional<SessionKind> kind, String text) {
    SessionQuery all = new SessionQuery(kind, text, SessionOrder.BEGUN, false, 0, 1);
    return (int) live.values().stream().filter(all::matches).filter(Session::close).count();
  }

  /** From now on tells the listener who comes and goes. */
  public void listen(SessionListener listener) {
    events.add(listener);
  }

  /** Tells the listener no more, but for what may be under way. */
  public void unlisten(SessionListener listener) {
    events.remove(listener);
  }

  /** How many ended sessions are missing in the history, because it could not take them. */
  public long droppedFromHistory() {
    return history.dropped();
  }

  /**
   * Ends every session that is live, and returns when listeners and history were told, or after 10
   * seconds for each.
   */
  @Override
  public void close() {
    closed = true;
    live.values().forEach(this::stop);
    events.close();
    history.close();
  }

  private void stop(Session session) {
    session.close(EndReason.STOPPED);
    session.ended(EndReason.STOPPED);
  }

  private Stream<Session> of(Optional<SessionKind> kind) {
    Stream<Session> all = live.values().stream();
    return kind.map(only -> all.filter(session -> session.kind() == only)).orElse(all);
  }

  private Tally tally(SessionKind kind) {
    return tallies.get(kind);
  }
}
