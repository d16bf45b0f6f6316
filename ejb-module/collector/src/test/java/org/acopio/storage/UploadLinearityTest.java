package org.acopio.storage;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.storage.Storage.Judgement;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * However calls for one file come together, each has the result that it would have if they had come
 * one after the other in some order (Lincheck tries many histories and looks for such an order).
 */
@Tag("lincheck")
class UploadLinearityTest {
  private static final int SIZE = 16;

  /** Where blocks begin and end: halves of the first part, all of it, and the second. */
  private static final int[][] BLOCKS = {{0, 2}, {2, 4}, {0, 4}, {4, 8}};

  /** The first half of the file is missing when a history begins. */
  private static final int THERE = 8;

  private static FileSystem memory;
  private static DiskStorage storage;

  @BeforeAll
  static void open() throws IOException {
    memory = Jimfs.newFileSystem(Configuration.unix());
    Path folder = Files.createDirectories(memory.getPath("/work"));
    FailingDisk disk = new FailingDisk();
    storage = disk.store(folder);
    storage.repair(asked -> Set.of(), Optional.empty());
    // Lets another thread in, also where there are more threads than processors.
    disk.beforeEach(Thread::yield);
  }

  @AfterAll
  static void close() throws IOException {
    storage.close();
    memory.close();
  }

  /** A history that takes long on a busy machine is not taken for one that hangs. */
  private static final class Patient extends StressOptions {
    Patient() {
      setTimeoutMs(300_000);
    }
  }

  @Test
  void callsForOneFileAreAsIfTheyCameOneAfterTheOther() {
    LinChecker.check(
        Calls.class,
        new Patient()
            .sequentialSpecification(Expected.class)
            .iterations(20)
            .invocationsPerIteration(60)
            .threads(3)
            .actorsBefore(1)
            .actorsPerThread(3)
            .actorsAfter(1)
            .minimizeFailedScenario(false));
  }

  // The calls, to a storage; each history has a file of its own.
  @Param(name = "block", gen = IntGen.class, conf = "0:3")
  @Param(name = "part", gen = IntGen.class, conf = "0:1")
  @Param(name = "fate", gen = IntGen.class, conf = "0:3")
  public static final class Calls {
    private static final Content CONTENT = Content.of(SIZE, 1);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final UploadKey key = CONTENT.at("/" + NUMBERS.incrementAndGet() + ".jpg");
    private final Upload upload = storage.begin(List.of(key)).get(0);

    public Calls() {
      storage.write(List.of(CONTENT.piece(upload, THERE, SIZE)));
    }

    @Operation
    public void write(@Param(name = "block") int block) {
      storage.write(List.of(CONTENT.piece(upload, BLOCKS[block][0], BLOCKS[block][1])));
    }

    // As an agent does that had no answer.
    @Operation
    public void repeat(@Param(name = "block") int block) {
      write(block);
    }

    @Operation
    public String look() {
      return storage.find(key).map(found -> shown(found.missing())).orElse("over");
    }

    @Operation
    public String finish() {
      return judged(CONTENT.partChecksums(), CONTENT);
    }

    // What the agent read was not what it sent of this part.
    @Operation
    public String finishOtherwise(@Param(name = "part") int part) {
      int[] checksums = CONTENT.partChecksums();
      checksums[part]++;
      return judged(checksums, CONTENT.withFlipped(part * 4));
    }

    private String judged(int[] checksums, Content claimed) {
      try {
        Judgement judgement = storage.judge(upload, claimed.digest(), checksums);
        return judgement instanceof Judgement.Missing missing
            ? shown(missing.ranges())
            : judgement instanceof Judgement.Different different
                ? "different " + different.parts()
                : judgement.getClass().getSimpleName();
      } catch (StorageException e) {
        return "over";
      }
    }

    // Most are given back after a failure of the catalog, some are given up.
    @Operation
    public void leave(@Param(name = "fate") int fate) {
      if (fate == 0) {
        storage.discard(upload);
      } else {
        storage.undo(List.of(upload));
      }
    }

    private static String shown(List<Range> ranges) {
      BitSet bytes = new BitSet(SIZE);
      ranges.forEach(range -> bytes.set((int) range.from(), (int) range.to()));
      return bytes.toString();
    }
  }

  // What each call returns when no other comes between.
  public static final class Expected {
    private final BitSet missing = new BitSet(SIZE);
    private boolean sealed;
    private boolean over;

    public Expected() {
      missing.set(0, THERE);
    }

    public void write(int block) {
      if (!over) {
        missing.clear(BLOCKS[block][0], BLOCKS[block][1]);
      }
    }

    public void repeat(int block) {
      write(block);
    }

    public String look() {
      return over ? "over" : missing.toString();
    }

    public String finish() {
      if (over) {
        return "over";
      }
      if (missing.isEmpty()) {
        sealed = true;
        return "Complete";
      }
      return missing.toString();
    }

    public String finishOtherwise(int part) {
      if (over) {
        return "over";
      }
      if (!missing.isEmpty()) {
        return missing.toString();
      }
      if (!sealed) {
        missing.set(part * SIZE / Parts.COUNT, (part + 1) * SIZE / Parts.COUNT);
      }
      return "different [" + part + "]";
    }

    public void leave(int fate) {
      over |= fate == 0;
      sealed = false;
    }
  }
}
