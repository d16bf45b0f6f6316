package org.acopio.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.remote.Parts;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;

/** A process that stores some files and dies after a given step, as one that is killed. */
final class DyingUpload {
  static final int DEAD = 7;

  /** What the process does, in this order. */
  enum Step {
    OPEN,
    BEGIN,
    PART_0,
    PART_3,
    PART_1,
    PART_2,
    JUDGE,
    SHARE,
    SETTLE,
    PLACE,
    COMMIT,
    DONE
  }

  static final List<Content> CONTENTS =
      List.of(
          Content.of(0, 1),
          Content.of(1, 2),
          Content.of(10_001, 3),
          Content.of(300_000, 4),
          Content.of(300_000, 4));

  private final Path log;
  private final Step last;
  private final List<String> stored = new ArrayList<>();

  private DyingUpload(Path log, Step last) {
    this.log = log;
    this.last = last;
  }

  static UploadKey key(int file) {
    return CONTENTS.get(file).at("/fotos/" + file / 2 + ".jpg/" + file);
  }

  public static void main(String[] arguments) throws IOException {
    new DyingUpload(Path.of(arguments[1]), Step.valueOf(arguments[2])).run(Path.of(arguments[0]));
  }

  private void run(Path store) throws IOException {
    Storage storage = new DiskStorage(new StorageSettings(store, 2, 16, 30));
    storage.repair(numbers -> Set.of(), Optional.empty());
    after(Step.OPEN);
    List<UploadKey> keys = new ArrayList<>();
    for (int file = 0; file < CONTENTS.size(); file++) {
      keys.add(key(file));
    }
    List<Upload> uploads = storage.begin(keys);
    after(Step.BEGIN);
    for (int part : new int[] {0, 3, 1, 2}) {
      send(storage, uploads, part);
      after(Step.valueOf("PART_" + part));
    }
    for (int file = 0; file < CONTENTS.size(); file++) {
      Content content = CONTENTS.get(file);
      storage.judge(uploads.get(file), content.digest(), content.partChecksums());
    }
    after(Step.JUDGE);
    complete(storage, uploads.subList(0, 4));
    storage.share(uploads.get(4), stored.get(3));
    after(Step.SHARE);
    complete(storage, uploads.subList(4, 5));
    throw new IllegalStateException("it lives");
  }

  private void send(Storage storage, List<Upload> uploads, int part) throws IOException {
    List<Storage.Piece> pieces = new ArrayList<>();
    for (int file = 0; file < CONTENTS.size(); file++) {
      long from = Parts.start(part, CONTENTS.get(file).size());
      long to = Parts.end(part, CONTENTS.get(file).size());
      if (from < to) {
        pieces.add(CONTENTS.get(file).piece(uploads.get(file), from, to));
      }
    }
    storage.write(pieces);
    say("acknowledged " + part);
  }

  /** All but the last file are stored in whole before the last one dies at any step. */
  private void complete(Storage storage, List<Upload> uploads) throws IOException {
    boolean mortal = uploads.size() == 1;
    storage.settle(uploads);
    after(mortal, Step.SETTLE);
    for (Placed placed :
        storage.place(uploads.stream().map(one -> new Placing(one, "192.0.2.1")).toList())) {
      stored.add(placed.storedAs().orElseThrow());
    }
    after(mortal, Step.PLACE);
    for (Upload upload : uploads) {
      say("committed " + upload.number());
    }
    after(mortal, Step.COMMIT);
    storage.done(uploads);
    after(mortal, Step.DONE);
  }

  private void say(String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void after(Step step) {
    after(true, step);
  }

  private void after(boolean mortal, Step step) {
    if (mortal && step == last) {
      Runtime.getRuntime().halt(DEAD);
    }
  }
}
