package org.acopio.collect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The last incidents, and how many there were of each kind since the start. Thread-safe. */
final class Incidents {
  /** How many are kept. */
  static final int CAPACITY = 500;

  private static final int MAX_DETAIL = 400;

  private final Deque<Incident> last = new ArrayDeque<>(CAPACITY);
  private final Map<Incident.Code, Long> counts = new EnumMap<>(Incident.Code.class);
  private long numbers;

  synchronized void add(
      Instant at, Subject subject, String path, Incident.Code code, String detail) {
    if (last.size() == CAPACITY) {
      last.removeFirst();
    }
    numbers++;
    counts.merge(code, 1L, Long::sum);
    last.addLast(
        new Incident(
            numbers,
            at,
            subject.collection(),
            subject.address(),
            subject.hostName(),
            path,
            code,
            ShownPath.beginning(detail, MAX_DETAIL)));
  }

  /** The newest first, at most {@code limit}. */
  synchronized List<Incident> newest(int limit) {
    List<Incident> newest = new ArrayList<>(Math.min(limit, last.size()));
    Iterator<Incident> all = last.descendingIterator();
    while (all.hasNext() && newest.size() < limit) {
      newest.add(all.next());
    }
    return newest;
  }

  /** How many there were of each kind since the start; kinds without any are left out. */
  synchronized Map<Incident.Code, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** Whom an incident is about. */
  record Subject(long collection, String address, String hostName) {}
}
