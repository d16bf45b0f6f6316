package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
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
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply.Outcome;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageSettings;

/** Random lives of an agent's files, as the agent sees them, against a simple model. */
class CollectorStateTest {
  private static final int FILES = 3;
  private static final Peer CALLER = new Peer("192.0.2.17", 40_001, Transport.RMI);
  private static final AtomicInteger AGENTS = new AtomicInteger();

  private static Catalog catalog;

  @BeforeContainer
  static void openCatalog() {
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:collector-state;DB_CLOSE_DELAY=-1", "acopio", "", 4));
  }

  @AfterContainer
  static void closeCatalog() {
    catalog.close();
  }

  /** One thing that an agent or its server does. */
  sealed interface Step {
    /** A block is sent, right or of another content, in its place or beside it. */
    record Write(int file, int part, int offset, int length, boolean wrong) implements Step {}

    record Finish(int file, boolean wrong) implements Step {}

    record Offer(int file, boolean digest) implements Step {}

    record Restart(boolean clean) implements Step {}
  }

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<Integer> file = Arbitraries.integers().between(0, FILES - 1);
    Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 5).map(i -> i == 0);
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            Combinators.combine(
                    file,
                    Arbitraries.integers().between(-1, 4),
                    Arbitraries.integers().between(-1, 40),
                    Arbitraries.integers().between(0, 40),
                    seldom)
                .as(Step.Write::new)),
        Tuple.of(4, Combinators.combine(file, seldom).as(Step.Finish::new)),
        Tuple.of(2, Combinators.combine(file, Arbitraries.of(true, false)).as(Step.Offer::new)),
        Tuple.of(1, Arbitraries.of(true, false).map(Step.Restart::new)));
  }

  @Property(tries = 60, seed = "4202611", shrinking = ShrinkingMode.BOUNDED)
  void receiptsAreForIdenticalBytesAndEverythingCanBeCompleted(
      @ForAll @Size(FILES) List<@IntRange(min = 12, max = 130) Integer> sizes,
      @ForAll @Size(min = 5, max = 50) List<@From("steps") Step> steps)
      throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        World world = new World(memory, sizes)) {
      for (Step step : steps) {
        world.take(step);
      }
      world.completeEverything();
    }
  }

  /** One agent, its server, and what should be known of every file. */
  private static final class World implements AutoCloseable {
    private final byte[] key = new byte[Hello.KEY_BYTES];
    private final StorageSettings settings;
    private final List<Runnable> abandoned = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private Storage storage;
    private Collector collector;
    private String ticket;

    World(FileSystem memory, List<Integer> sizes) throws CollectorException {
      ByteBuffer.wrap(key).putInt(AGENTS.incrementAndGet());
      settings = new StorageSettings(memory.getPath("/store"), 1, 16, 30);
      for (int file = 0; file < FILES; file++) {
        models.add(new Model("/f" + file + ".jpg", sizes.get(file), file));
      }
      start();
    }

    private void start() throws CollectorException {
      storage = new DiskStorage(settings);
      collector = new Collector(Server.LIMITS, storage, catalog, Clock.systemUTC(), "test");
      ticket = collector.open(CALLER, new Hello(1, key, "test", "PC")).id();
    }

    void take(Step step) throws Exception {
      if (step instanceof Step.Write write) {
        write(models.get(write.file()), write);
      } else if (step instanceof Step.Finish finish) {
        finish(models.get(finish.file()), finish.wrong());
      } else if (step instanceof Step.Offer offer) {
        offer(models.get(offer.file()), offer.digest());
      } else if (((Step.Restart) step).clean()) {
        collector.close();
        storage.close();
        start();
      } else {
        // The thread of an abandoned collector ends with the test; its store is never closed.
        abandoned.add(collector::close);
        abandoned.add(storage::close);
        start();
      }
    }

    private Verdict offer(Model model, boolean digest) throws CollectorException {
      FileOffer offer = digest ? model.right.known(model.path) : model.right.at(model.path);
      Verdict verdict = collector.offer(CALLER, ticket, List.of(offer)).get(0);
      if (verdict instanceof Verdict.Have have) {
        assertEquals(model.right.digest(), have.receipt().digest());
        assertTrue(
            digest && model.receipts.stream().anyMatch(r -> r.file() == have.receipt().file()));
      } else {
        Verdict.Send send = assertInstanceOf(Verdict.Send.class, verdict);
        if (model.upload.isEmpty() || model.upload.get() != send.upload()) {
          assertTrue(model.arrived.isEmpty(), "bytes were acknowledged and are not known any more");
          model.begin(send.upload());
        }
        assertEquals(model.missing(), send.missing());
      }
      return verdict;
    }

    private void write(Model model, Step.Write step) throws CollectorException {
      if (model.upload.isEmpty()) {
        return;
      }
      long upload = model.upload.get();
      Photo photo = step.wrong() ? model.wrong : model.right;
      int size = photo.size();
      boolean inside = step.part() >= 0 && step.part() < 4 && step.offset() >= 0;
      long start = inside ? Parts.start(step.part(), size) + step.offset() : 0;
      inside = inside && step.length() > 0 && start + step.length() <= Parts.end(step.part(), size);
      ByteBuffer bytes =
          inside ? photo.slice(start, start + step.length()) : ByteBuffer.allocate(step.length());
      Outcome outcome =
          collector
              .write(CALLER, ticket, List.of(Block.of(upload, step.part(), step.offset(), bytes)))
              .get(0)
              .outcome();
      if (model.over) {
        assertTrue(outcome == Outcome.ACCEPTED || outcome == Outcome.UNKNOWN_UPLOAD);
      } else if (outcome == Outcome.UNKNOWN_UPLOAD) {
        // A restart forgets an upload of which nothing arrived.
        assertTrue(model.arrived.isEmpty());
        model.upload = Optional.empty();
      } else if (inside) {
        assertEquals(Outcome.ACCEPTED, outcome);
        model.write((int) start, (int) start + step.length(), step.wrong());
      } else {
        assertEquals(Outcome.OUTSIDE, outcome);
      }
    }

    private void finish(Model model, boolean wrong) throws CollectorException {
      if (model.upload.isEmpty()) {
        return;
      }
      Photo claimed = wrong ? model.wrong : model.right;
      Completion completion =
          collector.finish(CALLER, ticket, List.of(claimed.claim(model.upload.get()))).get(0);
      if (completion instanceof Refused refused) {
        assertEquals(Refused.Reason.UNKNOWN_UPLOAD, refused.reason(), refused.detail());
        assertTrue(model.over || model.arrived.isEmpty());
      } else if (completion instanceof Completion.Stored stored) {
        stored(model, claimed, stored.receipt());
      } else if (completion instanceof Completion.Incomplete incomplete) {
        assertEquals(model.missing(), incomplete.missing());
        assertTrue(!model.missing().isEmpty());
      } else {
        Completion.Changed changed = assertInstanceOf(Completion.Changed.class, completion);
        assertEquals(List.of(), model.missing());
        assertEquals(model.differing(wrong), changed.parts());
        model.clear(changed.parts());
      }
    }

    @SuppressWarnings("ReferenceEquality") // Which of the two was claimed, not what is in it.
    private void stored(Model model, Photo claimed, Receipt receipt) {
      if (model.over) {
        assertTrue(model.receipts.contains(receipt), "another receipt than the first time");
        return;
      }
      assertTrue(model.holds(claimed == model.wrong), "a receipt for bytes that were not sent");
      assertEquals(claimed.digest(), receipt.digest());
      assertEquals(model.receipts.size() + 1, receipt.version());
      assertArrayEquals(claimed.bytes(), storage.read(receipt.storedAs(), 0, claimed.size() + 1));
      model.receipts.add(receipt);
      model.contents.add(claimed);
      model.over = true;
      model.arrived.clear();
      model.wrongBytes.clear();
    }

    void completeEverything() throws Exception {
      for (Model model : models) {
        for (int round = 0; !(offer(model, true) instanceof Verdict.Have); round++) {
          assertTrue(round < 4, "a file cannot be completed");
          for (Range range : model.missing()) {
            for (long at = range.from(); at < range.to(); at++) {
              Block block = model.right.block(model.upload.orElseThrow(), at, at + 1);
              assertEquals(
                  Outcome.ACCEPTED,
                  collector.write(CALLER, ticket, List.of(block)).get(0).outcome());
            }
            model.write((int) range.from(), (int) range.to(), false);
          }
          finish(model, false);
        }
      }
      Set<String> names = new TreeSet<>();
      for (Model model : models) {
        for (int i = 0; i < model.receipts.size(); i++) {
          Receipt receipt = model.receipts.get(i);
          assertTrue(names.add(receipt.storedAs()));
          assertArrayEquals(
              model.contents.get(i).bytes(),
              storage.read(receipt.storedAs(), 0, (int) receipt.size() + 1));
        }
      }
    }

    @Override
    public void close() {
      collector.close();
      storage.close();
      abandoned.forEach(Runnable::run);
    }
  }

  /** A bit for every byte that is there, and one for where it comes from. */
  private static final class Model {
    private final String path;
    private final Photo right;
    private final Photo wrong;
    private final BitSet arrived = new BitSet();
    private final BitSet wrongBytes = new BitSet();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Photo> contents = new ArrayList<>();
    private Optional<Long> upload = Optional.empty();
    private boolean over;

    Model(String path, int size, long seed) {
      this.path = path;
      right = Photo.of(size, seed);
      byte[] other = right.bytes().clone();
      for (int i = 0; i < size; i++) {
        other[i] = (byte) ~other[i];
      }
      wrong = new Photo(other);
    }

    void begin(long number) {
      upload = Optional.of(number);
      over = false;
      arrived.clear();
      wrongBytes.clear();
    }

    void write(int from, int to, boolean wrongOnes) {
      for (int at = from; at < to; at++) {
        if (!arrived.get(at)) {
          arrived.set(at);
          wrongBytes.set(at, wrongOnes);
        }
      }
    }

    boolean holds(boolean wrongContent) {
      return missing().isEmpty()
          && (wrongContent ? wrongBytes.cardinality() == right.size() : wrongBytes.isEmpty());
    }

    Set<Integer> differing(boolean wrongContent) {
      Set<Integer> parts = new TreeSet<>();
      for (int part = 0; part < Parts.COUNT; part++) {
        int from = (int) Parts.start(part, right.size());
        int to = (int) Parts.end(part, right.size());
        int count = wrongBytes.get(from, to).cardinality();
        if (wrongContent ? count < to - from : count > 0) {
          parts.add(part);
        }
      }
      return parts;
    }

    void clear(Set<Integer> parts) {
      for (int part : parts) {
        int from = (int) Parts.start(part, right.size());
        int to = (int) Parts.end(part, right.size());
        arrived.clear(from, to);
        wrongBytes.clear(from, to);
      }
    }

    List<Range> missing() {
      List<Range> missing = new ArrayList<>();
      int at = arrived.nextClearBit(0);
      while (at < right.size()) {
        int next = arrived.nextSetBit(at);
        int end = next < 0 ? right.size() : next;
        missing.add(new Range(at, end));
        at = arrived.nextClearBit(end);
      }
      return missing;
    }
  }
}
