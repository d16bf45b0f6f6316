package org.acopio.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.acopio.storage.UploadJournal.Entry;

/** Brings what a crash left into order, at the start. */
final class Repair {
  private final PartialFiles files;
  private final Uploads uploads;
  private final Placer placer;

  Repair(PartialFiles files, Uploads uploads, Placer placer) {
    this.files = files;
    this.uploads = uploads;
    this.placer = placer;
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
    List<Upload> resumable = uploads.all();
    long bytes = resumable.stream().mapToLong(Repair::acknowledged).sum();
    return new RepairReport(
        resumable.size(), bytes, complete.size(), unfinished.size(), strays, uploads.tornBytes());
  }

  private static long acknowledged(Upload upload) {
    return upload.entries().stream()
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
