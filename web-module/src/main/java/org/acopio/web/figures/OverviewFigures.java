package org.acopio.web.figures;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.acopio.catalog.ScrubState;
import org.acopio.collect.Arrivals;
import org.acopio.collect.CollectionProgress;
import org.acopio.collect.Condition;
import org.acopio.collect.Flow;
import org.acopio.collect.Problem;
import org.acopio.collect.Progress;
import org.acopio.media.MediaKind;
import org.acopio.session.SessionKind;

/**
 * What arrived today, how fast, who collects, who is connected, how the store is, and what is
 * wrong. Fields may be added; those that are there keep name and meaning.
 */
public final class OverviewFigures {
  private OverviewFigures() {}

  /**
   * How much of it to tell.
   *
   * @param collections the most open collections, those that were used last first to be chosen
   * @param minutesAPoint how many minutes of the last day make one point, 1 to 60
   */
  public record Extent(int collections, int minutesAPoint) {
    /** What a page shows. */
    public static final Extent PAGE = new Extent(8, 5);

    /** Everything that is kept. */
    public static final Extent ALL = new Extent(1_000, 1);
  }

  /**
   * @param ports that can be paused or full
   * @param scrubDays within how many days all stored bytes are read again; 0 is never
   * @param sessions how many of each kind are live
   */
  public static JsonObject of(
      Progress progress,
      List<PortState> ports,
      Map<SessionKind, Integer> sessions,
      int scrubDays,
      Extent extent) {
    List<CollectionProgress> open = progress.collections(0);
    return Building.object()
        .add("arrivals", arrivals(progress.arrivals()))
        .add("counts", TransferFigures.counts(progress.counts()))
        .add("bytesPerSecond", progress.bytesPerSecond())
        .add("seconds", flows(progress.seconds(), 1, 1))
        .add("minutes", flows(progress.minutes(), extent.minutesAPoint, 60))
        .add("openCollections", open.size())
        .add("collections", collections(open, extent.collections))
        .add("sessions", sessions(sessions))
        .add("store", store(progress.condition()))
        .add("scrub", scrub(progress.condition(), scrubDays))
        .add(
            "problems",
            problems(
                progress.problems(),
                PortProblems.of(ports),
                ScrubProblems.of(progress.condition(), scrubDays)))
        .build();
  }

  private static JsonObjectBuilder arrivals(Arrivals arrivals) {
    JsonObjectBuilder kinds = Building.object();
    for (MediaKind kind : MediaKind.values()) {
      kinds.add(Codes.word(kind), amount(arrivals.today().get(kind)));
    }
    return Building.object()
        .add("day", arrivals.day().toString())
        .add("today", amount(arrivals.total()))
        .add("kinds", kinds)
        .add("ever", amount(arrivals.ever()));
  }

  private static JsonObjectBuilder amount(Arrivals.Amount amount) {
    return Building.object().add("files", amount.files()).add("bytes", amount.bytes());
  }

  /** Sums of so many spans each, aligned at the newest; what is over at the old end is left out. */
  private static JsonObjectBuilder flows(List<Flow> spans, int apiece, int spanSeconds) {
    JsonArrayBuilder bytes = Building.array();
    JsonArrayBuilder files = Building.array();
    for (int from = spans.size() % apiece; from < spans.size(); from += apiece) {
      List<Flow> point = spans.subList(from, from + apiece);
      bytes.add(point.stream().mapToLong(Flow::bytes).sum());
      files.add(point.stream().mapToLong(Flow::files).sum());
    }
    return Building.object()
        .add("stepSeconds", apiece * spanSeconds)
        .add("bytes", bytes)
        .add("files", files);
  }

  private static JsonArrayBuilder collections(List<CollectionProgress> open, int limit) {
    JsonArrayBuilder json = Building.array();
    open.stream()
        .sorted(TransferFigures.LIVELIEST)
        .limit(limit)
        .sorted(Comparator.comparingLong(CollectionProgress::number))
        .forEach(one -> json.add(CollectionJson.summary(one)));
    return json;
  }

  private static JsonObjectBuilder sessions(Map<SessionKind, Integer> sessions) {
    JsonObjectBuilder kinds = Building.object();
    new TreeMap<>(sessions).forEach((kind, count) -> kinds.add(kind.word(), count));
    return Building.object()
        .add("total", sessions.values().stream().mapToInt(Integer::intValue).sum())
        .add("kinds", kinds);
  }

  private static JsonObjectBuilder store(Condition condition) {
    return Building.object()
        .add("capacity", condition.capacity())
        .add("free", condition.free())
        .add("reserve", condition.reserve())
        .add("room", condition.room())
        .add("writable", condition.writable())
        .add("unfinished", condition.unfinished())
        .add("damaged", condition.damaged());
  }

  private static JsonObjectBuilder scrub(Condition condition, int days) {
    ScrubState state = condition.scrub();
    JsonObjectBuilder json =
        Building.object().add("files", state.files()).add("bytes", state.bytes());
    state.begunAt().ifPresent(at -> json.add("begun", at.toString()));
    state.endedAt().ifPresent(at -> json.add("ended", at.toString()));
    state.due(days).filter(at -> days > 0).ifPresent(at -> json.add("next", at.toString()));
    return json;
  }

  private static JsonArrayBuilder problems(
      List<Problem> some, List<Problem> others, List<Problem> more) {
    JsonArrayBuilder json = Building.array();
    List<Problem> worstFirst =
        Stream.of(some, others, more)
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Problem::code))
            .toList();
    for (Problem problem : worstFirst) {
      json.add(
          Building.object()
              .add("code", Codes.word(problem.code()))
              .add("severity", Codes.word(problem.code().severity()))
              .add("count", problem.count())
              .add("bytes", problem.bytes())
              .add("limitBytes", problem.limitBytes())
              .add("seconds", problem.seconds())
              .add("subject", problem.subject()));
    }
    return json;
  }
}
