package org.acopio.web.figures;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.List;
import org.acopio.collect.CollectionProgress;
import org.acopio.collect.Counts;
import org.acopio.collect.Progress;

/**
 * The collections that are open, their files in flight, and what went wrong lately. Fields may be
 * added; those that are there keep name and meaning.
 */
public final class TransferFigures {
  /**
   * Those of which something came lately come first. Within ten seconds one is as lively as the
   * other, so that what is shown of many does not change all the time.
   */
  static final Comparator<CollectionProgress> LIVELIEST =
      Comparator.comparing((CollectionProgress one) -> one.idle().toSeconds() / 10)
          .thenComparing(CollectionProgress::number);

  private TransferFigures() {}

  /**
   * How much of it to tell.
   *
   * @param collections the most collections, those that were used last first to be chosen
   * @param files the most files in flight, of all collections together; each gets an equal share
   * @param incidents the most incidents, newest first
   */
  public record Extent(int collections, int files, int incidents) {
    /** What a page shows. */
    public static final Extent PAGE = new Extent(50, 200, 50);

    /** Everything that is kept. */
    public static final Extent ALL = new Extent(1_000, 10_000, 500);
  }

  public static JsonObject of(Progress progress, Extent extent) {
    int open = Math.max(1, Math.min(extent.collections, progress.openCollections()));
    List<CollectionProgress> all =
        progress.collections(Math.min(200, Math.max(1, extent.files / open)));
    List<CollectionProgress> shown =
        all.stream()
            .sorted(LIVELIEST)
            .limit(extent.collections)
            .sorted(Comparator.comparingLong(CollectionProgress::number))
            .toList();
    JsonArrayBuilder collections = Building.array();
    shown.forEach(one -> collections.add(CollectionJson.whole(one)));
    JsonArrayBuilder incidents = Building.array();
    progress
        .incidents(extent.incidents)
        .forEach(incident -> incidents.add(CollectionJson.incident(incident)));
    JsonObjectBuilder counts = Building.object();
    progress.incidentCounts().forEach((code, count) -> counts.add(Codes.word(code), count));
    return Building.object()
        .add("bytesPerSecond", progress.bytesPerSecond())
        .add("openCollections", all.size())
        .add("otherCollections", all.size() - shown.size())
        .add("openFiles", all.stream().mapToLong(CollectionProgress::openFiles).sum())
        .add("counts", counts(progress.counts()))
        .add("collections", collections)
        .add("incidentCounts", counts)
        .add("incidents", incidents)
        .build();
  }

  static JsonObjectBuilder counts(Counts counts) {
    return Building.object()
        .add("collections", counts.collections())
        .add("receivedBytes", counts.receivedBytes())
        .add("stored", counts.stored())
        .add("storedBytes", counts.storedBytes())
        .add("had", counts.had())
        .add("refused", counts.refused())
        .add("changed", counts.changed())
        .add("corruptBlocks", counts.corruptBlocks());
  }
}
