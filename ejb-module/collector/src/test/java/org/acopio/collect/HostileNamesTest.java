package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.acopio.endpoint.IngestPort;
import org.acopio.ingest.Ingest;
import org.acopio.ingest.IngestClient;
import org.acopio.remote.Block;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of names that mean harm: each is stored under a name inside the client's folder and
 * comes back byte by byte, or is refused as a path. What lies around the store stays as it is.
 */
class HostileNamesTest {
  private static final int BATCH = 250;
  private static final CollectSettings LIMITS =
      new CollectSettings(
          1 << 20, 1 << 20, BATCH, 4, Duration.ofMinutes(10), 100, 2 * BATCH, 1 << 20, 0);

  @TempDir Path temporary;
  private Server server;
  private Path canary;
  private final Map<FilePath, Photo> sent = new HashMap<>();
  private final Set<FilePath> refused = new HashSet<>();

  @BeforeEach
  void start() throws IOException {
    assumeTrue(File.separatorChar == '/', "links and names of bytes");
    canary = Files.createDirectories(temporary.resolve("canary"));
    server = new Server(Files.createDirectories(canary.resolve("a/b")), LIMITS);
    for (String name : List.of("x", "x.jpg", "etc/passwd", "a/x.jpg", "a/b/x", "a/b/store/x")) {
      Path file = canary.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "canary " + name);
    }
    Path neighbour = Files.createDirectories(server.store().resolve("192.0.2.99"));
    Files.writeString(neighbour.resolve("x.jpg"), "canary");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyNameComesBackOrIsRefusedAndNothingElseIsTouched() throws Exception {
    collected(new Direct(server.collector, "192.0.2.17"), NameCorpus.paths(), 2_000);
  }

  /** The same through real sockets, with frames as a foreign client makes them. */
  @Test
  void soItIsWithForgedFramesOfIngest() throws Exception {
    IngestPort port = new IngestPort(new Ingest(server.collector, LIMITS));
    try (IngestClient client = new IngestClient(port.port())) {
      List<FilePath> all = NameCorpus.paths();
      List<FilePath> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i += 5) {
        some.add(all.get(i));
      }
      collected(client, some, 400);
    } finally {
      port.close();
    }
  }

  private void collected(FileCollector line, List<FilePath> paths, int least) throws Exception {
    Agent agent = Agent.fresh(line);
    Path home = Files.createDirectories(server.store().resolve(agent.ticket.folder()));
    // What a link leads to is not the client's folder, whoever put it there.
    Files.createSymbolicLink(home.resolve("a"), canary);
    Files.createSymbolicLink(home.resolve("home"), canary.resolve("etc"));
    Map<Path, String> before = surroundings(home);

    Map<FilePath, Receipt> receipts = new HashMap<>();
    for (int i = 0; i < paths.size(); i += BATCH) {
      receipts.putAll(collected(agent, paths.subList(i, Math.min(paths.size(), i + BATCH)), i));
    }

    assertEquals(before, surroundings(home));
    assertEquals(paths.size(), receipts.size() + refused.size());
    assertTrue(paths.size() > least && refused.size() < 10, () -> "refused: " + refused);
    Set<Path> files = new HashSet<>();
    for (Map.Entry<FilePath, Receipt> stored : receipts.entrySet()) {
      Path file = server.file(stored.getValue().storedAs());
      assertEquals(file.normalize(), file);
      assertTrue(file.startsWith(home) && !file.equals(home), () -> "" + file);
      assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), () -> "" + file);
      assertTrue(file.toRealPath().startsWith(home.toRealPath()), () -> "through a link: " + file);
      assertTrue(files.add(file), () -> "twice: " + file);
      assertArrayEquals(sent.get(stored.getKey()).bytes(), Files.readAllBytes(file));
    }
    assertEquals(receipts, listed(agent), "every path comes back byte by byte");
    for (int i = 0; i < paths.size(); i += 37) {
      Receipt receipt = receipts.get(paths.get(i));
      if (receipt != null) {
        assertArrayEquals(sent.get(paths.get(i)).bytes(), agent.read(receipt));
      }
    }
  }

  private Map<FilePath, Receipt> collected(Agent agent, List<FilePath> paths, int seed)
      throws Exception {
    List<FileOffer> offers = new ArrayList<>();
    for (FilePath path : paths) {
      Photo photo = Photo.of(40, seed + offers.size() + 1);
      sent.put(path, photo);
      offers.add(new FileOffer(path, photo.size(), Instant.EPOCH, "image/jpeg", Optional.empty()));
    }
    List<Verdict> verdicts = agent.offer(offers.toArray(FileOffer[]::new));
    List<FilePath> taken = new ArrayList<>();
    List<FileDigest> claims = new ArrayList<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < paths.size(); i++) {
        if (verdicts.get(i) instanceof Verdict.Send send) {
          Photo photo = sent.get(paths.get(i));
          blocks.add(photo.block(send.upload(), Parts.start(part, 40), Parts.end(part, 40)));
          if (part == 0) {
            taken.add(paths.get(i));
            claims.add(photo.claim(send.upload()));
          }
        } else {
          CollectorContract.assertRefused(Refused.Reason.BAD_PATH, verdicts.get(i));
          refused.add(paths.get(i));
        }
      }
      agent.write(blocks.toArray(Block[]::new));
    }
    Map<FilePath, Receipt> receipts = new HashMap<>();
    var completions = agent.finish(claims.toArray(FileDigest[]::new));
    for (int i = 0; i < taken.size(); i++) {
      receipts.put(taken.get(i), Agent.stored(completions.get(i)));
    }
    return receipts;
  }

  private static Map<FilePath, Receipt> listed(Agent agent) throws Exception {
    Map<FilePath, Receipt> listed = new HashMap<>();
    long after = 0;
    List<StoredFile> page;
    do {
      page = agent.server.list(agent.ticket.id(), after, BATCH).items();
      for (StoredFile file : page) {
        listed.put(file.path(), file.receipt());
        after = file.receipt().file();
      }
    } while (!page.isEmpty());
    return listed;
  }

  /**
   * Everything but the client's folder, the work in progress and the catalog, with what it holds.
   */
  private Map<Path, String> surroundings(Path home) throws IOException {
    Map<Path, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(temporary)) {
      for (Path path : all.filter(one -> !one.startsWith(home)).toList()) {
        boolean changes =
            path.startsWith(server.store().resolve(".partial"))
                || path.getFileName().toString().startsWith("catalog.");
        if (!changes && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          found.put(path, Files.getLastModifiedTime(path) + " " + Files.readString(path));
        } else if (!changes) {
          found.put(path, "");
        }
      }
    }
    return found;
  }
}
