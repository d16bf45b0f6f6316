package org.acopio.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.acopio.collect.Problem.Code;

/** Finds what a person may want to put right in what is known of the last hour. */
final class Problems {
  /** Incidents before that are history. */
  private static final Duration LATELY = Duration.ofHours(1);

  private static final Duration SILENT = Duration.ofMinutes(1);
  private static final long GIB = 1L << 30;

  /** The words of an incident as a problem, and what of the last one is shown. */
  private record Kind(Code code, Function<Incident, String> subject) {}

  private static final Map<Incident.Code, Kind> KINDS =
      Map.of(
          Incident.Code.NOT_MEDIA, new Kind(Code.FILES_NOT_MEDIA, Incident::path),
          Incident.Code.TOO_LARGE, new Kind(Code.FILES_TOO_LARGE, Incident::path),
          Incident.Code.STORE_FAILED, new Kind(Code.FILES_FAILED, Incident::path),
          Incident.Code.CHANGED, new Kind(Code.FILES_CHANGED, Incident::path),
          Incident.Code.CORRUPT_BLOCK, new Kind(Code.BLOCKS_CORRUPT, Problems::host),
          Incident.Code.DAMAGED, new Kind(Code.DISK_DAMAGED, Incident::path),
          Incident.Code.TOO_MANY_COLLECTIONS, new Kind(Code.TOO_MANY_COLLECTIONS, Problems::host));

  private final Condition condition;
  private final List<CollectionProgress> collections;
  private final List<Incident> incidents;

  /**
   * @param incidents newest first
   */
  Problems(Condition condition, List<CollectionProgress> collections, List<Incident> incidents) {
    this.condition = condition;
    this.collections = collections;
    this.incidents = incidents;
  }

  List<Problem> at(Instant now) {
    List<Problem> found = new ArrayList<>();
    condition.catalogTrouble().ifPresent(why -> found.add(said(Code.CATALOG_AWAY, why)));
    store(found);
    silence(found);
    for (Map.Entry<Incident.Code, Kind> kind : KINDS.entrySet()) {
      lately(kind.getKey(), kind.getValue(), now, found);
    }
    findings(found);
    unfinished(found);
    found.sort(Comparator.comparing(Problem::code));
    return found;
  }

  private void store(List<Problem> found) {
    if (condition.storeTrouble().isPresent()) {
      found.add(said(Code.STORE_AWAY, condition.storeTrouble().get()));
    } else if (!condition.writable()) {
      found.add(said(Code.STORE_READ_ONLY, ""));
    } else if (condition.room() == 0) {
      found.add(bytes(Code.STORE_FULL, condition.free()));
    } else if (condition.room() < Math.min(condition.capacity() / 20, 10 * GIB)) {
      found.add(bytes(Code.STORE_NEARLY_FULL, condition.room()));
    }
  }

  private void silence(List<Problem> found) {
    List<CollectionProgress> silent =
        collections.stream().filter(open -> open.idle().compareTo(SILENT) >= 0).toList();
    silent.stream()
        .max(Comparator.comparing(CollectionProgress::idle))
        .ifPresent(
            longest ->
                found.add(
                    new Problem(
                        Code.COLLECTION_SILENT,
                        silent.size(),
                        0,
                        0,
                        longest.idle().toSeconds(),
                        longest.hostName())));
  }

  private void lately(Incident.Code what, Kind kind, Instant now, List<Problem> found) {
    List<Incident> lately =
        incidents.stream()
            .filter(one -> one.code() == what && one.at().isAfter(now.minus(LATELY)))
            .toList();
    if (!lately.isEmpty()) {
      String subject = kind.subject().apply(lately.get(0));
      found.add(new Problem(kind.code(), lately.size(), 0, 0, 0, subject));
    }
  }

  private static String host(Incident incident) {
    return incident.hostName().isEmpty() ? incident.address() : incident.hostName();
  }

  private void findings(List<Problem> found) {
    if (condition.damaged() > 0) {
      found.add(new Problem(Code.FILES_DAMAGED, condition.damaged(), 0, 0, 0, ""));
    }
    if (condition.scrub().others() > 0) {
      found.add(new Problem(Code.STORE_FINDINGS, condition.scrub().others(), 0, 0, 0, ""));
    }
    List<String> kept = condition.damagedCatalogs();
    if (!kept.isEmpty()) {
      String last = kept.get(kept.size() - 1);
      found.add(new Problem(Code.CATALOG_REBUILT, kept.size(), 0, 0, 0, last));
    }
  }

  private void unfinished(List<Problem> found) {
    if (condition.abandoned() > 0) {
      found.add(new Problem(Code.FILES_UNFINISHED, condition.abandoned(), 0, 0, 0, ""));
    }
  }

  private static Problem said(Code code, String why) {
    return new Problem(code, 0, 0, 0, 0, why);
  }

  private Problem bytes(Code code, long bytes) {
    return new Problem(code, 0, bytes, condition.reserve(), 0, "");
  }
}
