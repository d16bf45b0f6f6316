package org.acopio.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.acopio.storage.UploadJournal.Entry;

/** Brings what a crash left into order, at the start, and gives up what waited for too long. */
final class Repair {
  private final PartialFiles files;
  private final Uploads uploads;
  private final Placer placer;
  private final Optional<Instant> limit;

  /**
   * @param limit before which something must have arrived that is given up, by the time that the
   *     disk gives to what is written to it; nothing is given up without
   */
  Repair(PartialFiles files, Uploads uploads, Placer placer, Optional<Instant> limit) {
    this.files = files;
    this.uploads = uploads;
    this.placer = placer;
    this.limit = limit;
  }

  /** As {@link Storage#repair} promises. */
  RepairReport run(UnaryOperator<Set<Long>> committed) {
    Map<Long, Upload> placed = new HashMap<>();
    for (Upload upload : uploads.all()) {
      upload.placedAs().ifPresent(name -> placed.put(upload.number(), upload));
    }
    Set<Long> known = placed.isEmpty() ? Set.of() : committed.apply(placed.keySet());
    List<Upload> complete = new ArrayList<>();
    List<Upload> unfinished = new ArrayList<>();
    placed.forEach(
        (number, upload) -> (known.contains(number) ? complete : unfinished).add(upload));
    uploads.done(complete);
    placer.undo(unfinished);
    int strays = sweep();
    List<Upload> abandoned = abandoned(placed.keySet());
    long abandonedBytes = acknowledged(abandoned);
    uploads.done(abandoned);
    List<Upload> resumable = uploads.all();
    return new RepairReport(
        resumable.size(),
        acknowledged(resumable),
        complete.size(),
        unfinished.size(),
        abandoned.size(),
        abandonedBytes,
        strays,
        uploads.tornBytes());
  }

  /** Those that had no name when the server stopped, and on which nothing arrived for long. */
  private List<Upload> abandoned(Set<Long> placed) {
    if (limit.isEmpty()) {
      return List.of();
    }
    Instant before = limit.get();
    return uploads.all().stream()
        .filter(upload -> !placed.contains(upload.number()))
        .filter(upload -> files.lastArrival(upload).filter(before::isAfter).isPresent())
        .toList();
  }

  private static long acknowledged(List<Upload> some) {
    return some.stream()
        .flatMap(upload -> upload.entries().stream())
        .mapToLong(entry -> entry instanceof Entry.Block block ? block.length() : 0)
        .sum();
  }

  /** Drops uploads without a file or without bytes of their own, and files without an upload. */
  private int sweep() {
    Set<Path> expected = new HashSet<>();
    for (Upload upload : uploads.all()) {
      if (upload.began() && files.has(upload)) {
        expected.add(files.of(upload));
      } else {
        uploads.discard(upload);
      }
    }
    return files.sweep(expected);
  }
}
