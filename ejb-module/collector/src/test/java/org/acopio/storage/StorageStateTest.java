package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;

/**
 * Random lives of a few uploads against a simple model: a bit for every byte that the storage
 * acknowledged. Restarts are clean or not: an abandoned storage is never closed.
 */
class StorageStateTest {
  private static final int FILES = 3;

  /** One thing that happens. */
  sealed interface Step {
    /** Bytes are sent; {@code wrong} ones are those of another content. */
    record Write(int file, int from, int to, boolean wrong) implements Step {}

    /** The agent says that all is sent; {@code wrong} is the digest of another content. */
    record Finish(int file, boolean wrong, Fate fate) implements Step {}

    record Restart(boolean clean) implements Step {}
  }

  /** How far a complete upload gets. */
  enum Fate {
    JUDGED,
    SETTLED,
    PLACED,
    COMMITTED,
    DONE,
    UNDONE
  }

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<Integer> file = Arbitraries.integers().between(0, FILES - 1);
    Arbitrary<Integer> offset = Arbitraries.integers().between(0, 99);
    Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 5).map(i -> i == 0);
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(file, offset, offset, seldom).as(Step.Write::new)),
        Tuple.of(
            4, Combinators.combine(file, seldom, Arbitraries.of(Fate.class)).as(Step.Finish::new)),
        Tuple.of(1, Arbitraries.of(true, false).map(Step.Restart::new)));
  }

  @Property(tries = 400, seed = "4202611", shrinking = ShrinkingMode.BOUNDED)
  void receiptsAreForIdenticalBytesAndMissingIsWhatTheModelSays(
      @ForAll @Size(FILES) List<@IntRange(min = 0, max = 130) Integer> sizes,
      @ForAll @Size(min = 5, max = 60) List<@From("steps") Step> steps)
      throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        World world = new World(memory, sizes)) {
      steps.forEach(world::take);
      world.completeEverything();
    }
  }

  /** The storage, the catalog as far as it matters, and the model. */
  private static final class World implements AutoCloseable {
    private final StorageSettings settings;
    private final List<Content> contents = new ArrayList<>();
    private final List<Content> others = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private final Set<Long> committed = new HashSet<>();
    private final List<DiskStorage> abandoned = new ArrayList<>();
    private DiskStorage storage;

    World(FileSystem memory, List<Integer> sizes) {
      settings = new StorageSettings(memory.getPath("/store"), 1, 16, 30);
      for (int i = 0; i < sizes.size(); i++) {
        contents.add(Content.of(sizes.get(i), i));
        others.add(inverted(contents.get(i)));
        models.add(new Model(sizes.get(i)));
      }
      start();
    }

    private void start() {
      storage = new DiskStorage(settings);
      storage.repair(
          asked -> {
            Set<Long> known = new HashSet<>(asked);
            known.retainAll(committed);
            return known;
          },
          Optional.empty());
    }

    /** Another content in every byte. */
    private static Content inverted(Content content) {
      byte[] bytes = content.bytes().clone();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      return new Content(bytes);
    }

    private String path(int file) {
      return "/f" + file + ".jpg";
    }

    void take(Step step) {
      if (step instanceof Step.Write write) {
        write(write);
      } else if (step instanceof Step.Finish finish) {
        finish(finish.file(), finish.wrong(), finish.fate());
      } else {
        if (((Step.Restart) step).clean()) {
          storage.close();
        } else {
          abandoned.add(storage);
        }
        start();
        models.forEach(Model::restart);
      }
      for (int file = 0; file < contents.size(); file++) {
        int at = file;
        storage
            .find(contents.get(file).at(path(file)))
            .ifPresent(
                upload -> assertEquals(models.get(at).missing(), upload.missing(), step::toString));
      }
    }

    private Upload upload(int file) {
      UploadKey key = contents.get(file).at(path(file));
      Optional<Upload> known = storage.find(key);
      assertTrue(
          known.isPresent() || models.get(file).arrived.isEmpty(),
          "bytes were acknowledged and are not known any more");
      return known.orElseGet(
          () -> {
            models.get(file).forget();
            return storage.begin(List.of(key)).get(0);
          });
    }

    private void write(Step.Write write) {
      int size = contents.get(write.file()).size();
      int from = Math.min(write.from(), write.to());
      int to = Math.min(size, Math.max(write.from(), write.to()) + 1);
      if (from >= to) {
        return;
      }
      Upload upload = upload(write.file());
      Content sent = write.wrong() ? others.get(write.file()) : contents.get(write.file());
      for (int at = from; at < to; ) {
        int end = (int) Math.min(to, Parts.end(Parts.holding(at, size), size));
        assertEquals(
            List.of(Optional.empty()), storage.write(List.of(sent.piece(upload, at, end))));
        at = end;
      }
      models.get(write.file()).write(from, to, write.wrong());
    }

    private void finish(int file, boolean wrong, Fate fate) {
      Upload upload = upload(file);
      Model model = models.get(file);
      Content claimed = wrong ? others.get(file) : contents.get(file);
      Judgement judgement = storage.judge(upload, claimed.digest(), claimed.partChecksums());
      if (!model.missing().isEmpty()) {
        assertEquals(new Judgement.Missing(model.missing()), judgement);
      } else if (model.holds(wrong)) {
        assertEquals(new Judgement.Complete(claimed.digest()), judgement);
        model.sealed = true;
        go(upload, file, claimed, fate);
      } else {
        Set<Integer> parts = model.differing(wrong);
        assertEquals(new Judgement.Different(parts), judgement);
        if (!model.sealed) {
          model.clear(parts);
        }
      }
    }

    private void go(Upload upload, int file, Content content, Fate fate) {
      if (fate.compareTo(Fate.SETTLED) >= 0) {
        storage.settle(List.of(upload));
      }
      if (fate.compareTo(Fate.PLACED) < 0) {
        return;
      }
      Placed placed = storage.place(List.of(new Placing(upload, "192.0.2.1"))).get(0);
      assertEquals(Optional.empty(), placed.failure());
      assertArrayEquals(
          content.bytes(), storage.read(placed.storedAs().orElseThrow(), 0, content.size() + 1));
      if (fate == Fate.COMMITTED || fate == Fate.DONE) {
        committed.add(upload.number());
        receipts.add(new Receipt(placed.storedAs().orElseThrow(), content));
      }
      if (fate == Fate.DONE) {
        storage.done(List.of(upload));
        models.get(file).forget();
      } else if (fate == Fate.COMMITTED) {
        abandoned.add(storage);
        start();
        models.forEach(Model::restart);
        models.get(file).forget();
      } else {
        // Placed and left so, as no caller does but one that dies, or taken back.
        storage.undo(List.of(upload));
        models.get(file).sealed = false;
      }
    }

    private record Receipt(String storedAs, Content content) {}

    private final List<Receipt> receipts = new ArrayList<>();

    void completeEverything() {
      for (int file = 0; file < contents.size(); file++) {
        Content content = contents.get(file);
        for (int round = 0;
            receipts.stream().noneMatch(r -> r.content().equals(content));
            round++) {
          assertTrue(round < 4, "a file cannot be completed");
          Upload upload = upload(file);
          for (Range range : upload.missing()) {
            write(new Step.Write(file, (int) range.from(), (int) range.to() - 1, false));
          }
          if (models.get(file).sealed && !models.get(file).holds(false)) {
            storage.undo(List.of(upload));
            models.get(file).sealed = false;
          }
          finish(file, false, Fate.DONE);
        }
      }
      for (Receipt receipt : receipts) {
        assertArrayEquals(
            receipt.content().bytes(),
            storage.read(receipt.storedAs(), 0, receipt.content().size() + 1));
      }
      assertEquals(
          receipts.size(), new TreeSet<>(receipts.stream().map(Receipt::storedAs).toList()).size());
    }

    @Override
    public void close() {
      storage.close();
      abandoned.forEach(DiskStorage::close);
    }
  }

  /** A bit for every byte that is there, and one for where it comes from. */
  private static final class Model {
    private final int size;
    private final BitSet arrived = new BitSet();
    private final BitSet wrong = new BitSet();
    private boolean sealed;

    Model(int size) {
      this.size = size;
    }

    void write(int from, int to, boolean wrongBytes) {
      for (int at = from; at < to; at++) {
        if (!arrived.get(at)) {
          arrived.set(at);
          wrong.set(at, wrongBytes);
        }
      }
    }

    void forget() {
      arrived.clear();
      wrong.clear();
      sealed = false;
    }

    void restart() {
      sealed = false;
    }

    /** True when every byte is from one content. */
    boolean holds(boolean wrongContent) {
      return wrongContent ? wrong.cardinality() == size : wrong.isEmpty();
    }

    Set<Integer> differing(boolean wrongContent) {
      Set<Integer> parts = new TreeSet<>();
      for (int part = 0; part < Parts.COUNT; part++) {
        int from = (int) Parts.start(part, size);
        int to = (int) Parts.end(part, size);
        int wrongBytes = wrong.get(from, to).cardinality();
        if (wrongContent ? wrongBytes < to - from : wrongBytes > 0) {
          parts.add(part);
        }
      }
      return parts;
    }

    void clear(Set<Integer> parts) {
      for (int part : parts) {
        int from = (int) Parts.start(part, size);
        int to = (int) Parts.end(part, size);
        arrived.clear(from, to);
        wrong.clear(from, to);
      }
    }

    List<Range> missing() {
      List<Range> missing = new ArrayList<>();
      int at = arrived.nextClearBit(0);
      while (at < size) {
        int next = arrived.nextSetBit(at);
        int end = next < 0 ? size : Math.min(size, next);
        missing.add(new Range(at, end));
        at = arrived.nextClearBit(end);
      }
      return missing;
    }
  }
}
