package org.acopio.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is being collected, as of now, for those who look on. Thread-safe; a look costs the
 * collections nothing but the processor's time, and never waits for disk or catalog.
 */
public final class Progress {
  private final Tickets tickets;
  private final Chronicle chronicle;
  private final Pulse pulse;

  Progress(Tickets tickets, Chronicle chronicle, Pulse pulse) {
    this.tickets = tickets;
    this.chronicle = chronicle;
    this.pulse = pulse;
  }

  /**
   * The open collections, oldest first.
   *
   * @param files how many of the files in flight to bring for each at most, 0 or more; those that
   *     were touched last
   */
  public List<CollectionProgress> collections(int files) {
    Instant now = chronicle.clock.instant();
    long nanos = chronicle.nanos.getAsLong();
    return tickets.all().stream()
        .sorted(Comparator.comparingLong((OpenCollection open) -> open.row))
        .map(open -> collection(open, files, now, nanos))
        .toList();
  }

  /** How many collections are open. */
  public int openCollections() {
    return tickets.count();
  }

  /** What was refused, changed, corrupt or failed lately, newest first, at most {@code limit}. */
  public List<Incident> incidents(int limit) {
    return chronicle.incidents.newest(limit);
  }

  /** How many incidents of each kind there were since the start; kinds without any are left out. */
  public Map<Incident.Code, Long> incidentCounts() {
    return chronicle.incidents.counts();
  }

  /** What happened since the start. */
  public Counts counts() {
    return chronicle.counts();
  }

  /** What was stored today, by kind. */
  public Arrivals arrivals() {
    return chronicle.arrivals();
  }

  /** Bytes a second over the last 5 s, of all collections. */
  public long bytesPerSecond() {
    return pulse.speed().bytesPerSecond(chronicle.nanos.getAsLong(), chronicle.flow().bytes());
  }

  /** What came in each of the last whole seconds, oldest first, at most 300. */
  public List<Flow> seconds() {
    return pulse.history().seconds();
  }

  /** What came in each of the last whole minutes since the start, oldest first, at most 1,440. */
  public List<Flow> minutes() {
    return pulse.history().minutes();
  }

  /** How store and catalog were a moment ago. */
  public Condition condition() {
    return pulse.condition();
  }

  /** How store and catalog are; waits until both answer or fail. */
  public Condition lookNow() {
    return pulse.look();
  }

  /** What is wrong, the worst first. */
  public List<Problem> problems() {
    return new Problems(condition(), collections(0), incidents(Incidents.CAPACITY))
        .at(chronicle.clock.instant());
  }

  private static CollectionProgress collection(
      OpenCollection open, int files, Instant now, long nanos) {
    Collection<FileWatch> all = open.open.values();
    // The oldest of those chosen so far is the first to go.
    PriorityQueue<FileWatch> chosen =
        new PriorityQueue<>(Comparator.comparingLong(FileWatch::touchedNanos));
    long missing = 0;
    long count = 0;
    for (FileWatch file : all) {
      if (file.upload().over()) {
        continue;
      }
      count++;
      missing += file.missingBytes();
      chosen.add(file);
      if (chosen.size() > files) {
        chosen.remove();
      }
    }
    long speed = open.activity.speed.bytesPerSecond(nanos, open.receivedBytes.sum());
    long idle = Math.max(0, open.idleNanos());
    return new CollectionProgress(
        open.row,
        open.address(),
        open.agent,
        open.agentId.toString().substring(0, CollectionProgress.ID_DIGITS),
        open.hostName(),
        open.owner.peer().transport(),
        open.openedAt,
        open.stored.sum(),
        open.storedBytes.sum(),
        open.had.sum(),
        open.refused.sum(),
        open.activity.changed.sum(),
        open.receivedBytes.sum(),
        open.activity.begun.sum(),
        open.activity.begunBytes.sum(),
        count,
        missing,
        speed,
        remaining(missing, speed),
        Duration.ofNanos(idle),
        open.activity.waiting(nanos, idle, open.lanes.hasQueuedThreads()),
        chosen.stream()
            .sorted(Comparator.comparingLong(FileWatch::touchedNanos).reversed())
            .map(file -> file.progress(now, nanos))
            .toList());
  }

  private static Optional<Duration> remaining(long missing, long speed) {
    return speed <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(missing * 1_000.0 / speed)));
  }
}
