package org.acopio.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.MortalFiles;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Receipt;
import org.acopio.remote.Verdict;
import org.acopio.storage.MortalDisk;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageSettings;
import org.h2.store.fs.FilePath;

/**
 * A process that collects a few files and is gone, without a word, right before the write, sync,
 * truncation, link or rename of this number, of those of the store and of the database together. It
 * writes down every receipt that it got.
 */
final class MortalServer {
  /** How a process ends that died in time, and one that had nothing left to do. */
  static final int DEAD = 7;

  static final String FOLDER = "192.0.2.1";

  /**
   * What is collected, by path, in two waves: an empty file, a small one, one of several blocks,
   * content that is there already, and another version.
   */
  static final List<Map<String, Photo>> WAVES =
      List.of(
          Map.of(
              "/fotos/a.jpg", Photo.of(60_000, 1),
              "/fotos/b.jpg", Photo.of(5, 2),
              "/fotos/empty.jpg", Photo.of(0, 3)),
          Map.of("/fotos/a.jpg", Photo.of(9_000, 4), "/fotos/copy.jpg", Photo.of(60_000, 1)));

  /** What is on the PC in the end, in one wave. */
  static final List<Map<String, Photo>> LAST =
      List.of(
          Map.of(
              "/fotos/a.jpg", Photo.of(9_000, 4),
              "/fotos/b.jpg", Photo.of(5, 2),
              "/fotos/copy.jpg", Photo.of(60_000, 1),
              "/fotos/empty.jpg", Photo.of(0, 3)));

  private MortalServer() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int last = Integer.parseInt(arguments[1]);
    Path receipts = Path.of(arguments[2]);
    AtomicInteger done = new AtomicInteger();
    Runnable count =
        () -> {
          if (done.incrementAndGet() == last) {
            Runtime.getRuntime().halt(DEAD);
          }
        };
    FilePath.register(new MortalFiles());
    MortalFiles.before(count);
    try (Storage storage =
            MortalDisk.store(new StorageSettings(folder.resolve("store"), 1, 16, 30), count);
        Catalog catalog =
            Catalog.open(
                new CatalogSettings(
                    "jdbc:h2:mortal:" + folder.resolve("catalog"), "acopio", "", 2))) {
      // Without the thread that looks about, which would write at its own times.
      Collector collector =
          new Collector(
              Server.LIMITS,
              storage,
              catalog,
              Clock.fixed(Server.NOW, ZoneOffset.UTC),
              "1.2.3",
              System::nanoTime);
      collect(collector, WAVES, receipt -> write(receipts, receipt));
      collector.close();
    }
    Files.writeString(receipts.resolveSibling("operations"), Integer.toString(done.get()));
  }

  /** Collects all, also what was begun before; {@code told} hears of every receipt. */
  static void collect(Collector collector, List<Map<String, Photo>> waves, Consumer<Receipt> told)
      throws Exception {
    Agent agent = Agent.known(new Direct(collector, FOLDER));
    for (Map<String, Photo> wave : waves) {
      List<String> paths = wave.keySet().stream().sorted().toList();
      FileOffer[] offers =
          paths.stream().map(path -> wave.get(path).known(path)).toArray(FileOffer[]::new);
      List<FileDigest> claims = new ArrayList<>();
      List<Verdict> verdicts = agent.offer(offers);
      for (int i = 0; i < verdicts.size(); i++) {
        if (verdicts.get(i) instanceof Verdict.Have have) {
          told.accept(have.receipt());
        } else if (verdicts.get(i) instanceof Verdict.Send send) {
          Photo photo = wave.get(paths.get(i));
          agent.send(photo, send);
          claims.add(photo.claim(send.upload()));
        } else {
          throw new IllegalStateException(paths.get(i) + ": " + verdicts.get(i));
        }
      }
      for (Completion completion : agent.finish(claims.toArray(FileDigest[]::new))) {
        told.accept(Agent.stored(completion));
      }
    }
    agent.close();
  }

  private static void write(Path receipts, Receipt receipt) {
    try {
      Files.writeString(
          receipts,
          receipt.digest() + " " + receipt.storedAs() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
