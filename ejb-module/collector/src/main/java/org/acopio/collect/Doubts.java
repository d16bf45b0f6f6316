package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.NewFile;
import org.acopio.collect.Committer.Candidate;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.Upload;

/**
 * Files whose commit failed, so that nobody knows whether the catalog has them: the database may
 * have committed them and gone before it said so. They keep their names until it answers; a name
 * that is free again could become another file's, while the catalog says it is theirs. Thread-safe.
 */
final class Doubts {
  private static final Logger LOG = System.getLogger(Doubts.class.getName());

  private final Storage storage;
  private final Catalog catalog;
  private final Chronicle chronicle;
  private final Map<Long, Doubt> open = new LinkedHashMap<>();

  private record Doubt(Candidate candidate, NewFile row, RuntimeException why) {}

  Doubts(Storage storage, Catalog catalog, Chronicle chronicle) {
    this.storage = storage;
    this.catalog = catalog;
    this.chronicle = chronicle;
  }

  /** The rows of these candidates, in the same order, could not be committed. */
  synchronized void add(List<Candidate> candidates, List<NewFile> rows, RuntimeException why) {
    for (int i = 0; i < rows.size(); i++) {
      open.put(rows.get(i).upload(), new Doubt(candidates.get(i), rows.get(i), why));
    }
  }

  /** Whether nobody knows yet what became of an upload. */
  synchronized boolean about(long upload) {
    return open.containsKey(upload);
  }

  /** Those of these uploads whose names may be taken back. */
  synchronized List<Upload> without(List<Upload> uploads) {
    return uploads.stream().filter(upload -> !open.containsKey(upload.number())).toList();
  }

  /**
   * Asks the catalog what became of all. What it has is stored; the others lose their names and can
   * go on.
   *
   * @throws CatalogException when it does not answer; then nothing has changed
   */
  synchronized void settle() {
    if (open.isEmpty()) {
      return;
    }
    List<Doubt> all = List.copyOf(open.values());
    Map<Long, StoredFile> known = catalog.settled(all.stream().map(Doubt::row).toList());
    List<Upload> stored = new ArrayList<>();
    List<Upload> back = new ArrayList<>();
    for (Doubt doubt : all) {
      Candidate candidate = doubt.candidate();
      StoredFile file = known.get(candidate.upload().number());
      if (file == null) {
        back.add(candidate.upload());
      } else {
        candidate.remember(file.receipt());
        candidate.note(chronicle, file.receipt(), doubt.row().storedAt());
        stored.add(candidate.upload());
      }
    }
    storage.done(stored);
    storage.undo(back);
    open.clear();
    LOG.log(
        Level.WARNING,
        "the commit of {0} files had failed; the catalog has {1} of them all the same, the others"
            + " are committed when their agents ask again",
        all.size(),
        stored.size());
    for (Doubt doubt : all) {
      StoredFile file = known.get(doubt.candidate().upload().number());
      if (file == null) {
        doubt.candidate().receipt().completeExceptionally(doubt.why());
      } else {
        doubt.candidate().receipt().complete(file.receipt());
      }
    }
  }
}
