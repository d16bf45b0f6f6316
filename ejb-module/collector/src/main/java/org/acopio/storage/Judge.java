package org.acopio.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Sha256;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.UploadJournal.Entry;

/** Compares what has arrived with what the agents say. Thread-safe. */
final class Judge {
  private final PartialFiles files;
  private final UploadJournal journal;
  private final Blocks blocks;

  Judge(PartialFiles files, UploadJournal journal, Blocks blocks) {
    this.files = files;
    this.journal = journal;
    this.blocks = blocks;
  }

  /** As {@link Storage#judge} promises. */
  Judgement judge(Upload upload, Sha256 claimed, int[] partChecksums) {
    try {
      synchronized (upload) {
        upload.refuseOver();
        blocks.check(upload);
        List<Range> missing = upload.missing();
        if (!missing.isEmpty()) {
          return new Judgement.Missing(missing);
        }
        blocks.catchUp(upload);
        Sha256 digest = upload.content().digest();
        if (digest.equals(claimed)) {
          upload.seal(true);
          return new Judgement.Complete(digest);
        }
        return upload.sealed()
            ? new Judgement.Different(changed(upload, partChecksums))
            : blame(upload, partChecksums);
      }
    } catch (IOException e) {
      throw StorageException.of("a file cannot be read back", e);
    }
  }

  private Judgement blame(Upload upload, int[] claimed) throws IOException {
    Set<Integer> damaged = files.use(upload, in -> damaged(in, upload, upload.key().size()));
    Set<Integer> again = damaged.isEmpty() ? changed(upload, claimed) : damaged;
    List<Entry> cleared = new ArrayList<>();
    for (int part : again) {
      cleared.add(
          upload.clear(
              Parts.start(part, upload.key().size()), Parts.end(part, upload.key().size())));
    }
    journal.append(cleared);
    return damaged.isEmpty() ? new Judgement.Different(again) : new Judgement.Damaged(again);
  }

  /** The parts that are not what the agent says; all of them when it contradicts itself. */
  private static Set<Integer> changed(Upload upload, int[] claimed) {
    Set<Integer> different = differing(upload.content().partChecksums(), claimed);
    return different.isEmpty() ? all() : different;
  }

  /** The parts with a block that is not what it was when it was acknowledged. */
  private static Set<Integer> damaged(FileChannel in, Upload upload, long size) throws IOException {
    Set<Integer> parts = new TreeSet<>();
    for (Entry.Block block : upload.blocks()) {
      if (!Bytes.holds(in, block)) {
        parts.add(Parts.holding(block.offset(), size));
        parts.add(Parts.holding(block.end() - 1, size));
      }
    }
    return parts;
  }

  private static Set<Integer> differing(int[] one, int[] other) {
    Set<Integer> parts = new TreeSet<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      if (one[part] != other[part]) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static Set<Integer> all() {
    return differing(new int[Parts.COUNT], new int[] {1, 1, 1, 1});
  }
}
