package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is kept of folders, and how often the catalog is asked for it. */
class FolderTreesTest {
  private static final int FILES = 20;

  @TempDir Path folder;
  private final AtomicInteger questions = new AtomicInteger();
  private Catalog catalog;
  private int upload;

  @BeforeEach
  void open() {
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "a", "secret", 4));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private FolderTrees trees(long maxBytes) {
    return new FolderTrees(
        new Asked() {
          @Override
          public <T> T ask(String purpose, Function<EntityManager, T> work) {
            questions.incrementAndGet();
            return catalog.asked().ask(purpose, work);
          }
        },
        maxBytes);
  }

  private FolderQuery agentWithFiles(String name) {
    long agent = catalog.agent(Samples.digest(name), name, "1.0", Samples.NOW);
    long client = catalog.client("192.0.2.1", Samples.NOW);
    long collection = catalog.opened(agent, client, Samples.NOW);
    List<NewFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      upload++;
      files.add(
          new NewFile(
              upload,
              agent,
              client,
              collection,
              FilePath.of("d/" + i),
              1,
              Samples.NOW,
              "image/jpeg",
              Samples.digest("content " + upload),
              "192.0.2.1/d/" + upload,
              Samples.NOW));
    }
    catalog.commit(files);
    return new FolderQuery(List.of(agent), Optional.empty(), new byte[0], Optional.empty(), 10);
  }

  /** How many questions it takes to look. */
  private int asks(FolderTrees trees, FolderQuery query) {
    int before = questions.get();
    assertEquals(FILES, trees.of(query).orElseThrow().page(query).folders().get(0).files());
    return questions.get() - before;
  }

  @Test
  void secondLookReadsNoFile() {
    FolderTrees trees = trees(1 << 20);
    FolderQuery ana = agentWithFiles("ana");
    assertEquals(2, asks(trees, ana));
    assertEquals(1, asks(trees, ana));
  }

  @Test
  void whatWasLookedAtTheLongestAgoIsForgottenFirst() {
    FolderQuery ana = agentWithFiles("ana");
    FolderQuery eva = agentWithFiles("eva");
    FolderQuery rosa = agentWithFiles("rosa");
    long one = trees(1 << 20).of(ana).orElseThrow().bytes();
    FolderTrees trees = trees(one * 5 / 2);
    Stream.of(ana, eva, ana).forEach(query -> asks(trees, query));
    assertEquals(2, asks(trees, rosa));
    assertEquals(1, asks(trees, ana));
    assertEquals(1, asks(trees, rosa));
    assertEquals(2, asks(trees, eva));
  }

  @Test
  void agentWithMoreFilesThanMemoryIsNotReadAgainAndAgain() {
    FolderTrees trees = trees(1_000);
    FolderQuery ana = agentWithFiles("ana");
    assertTrue(trees.of(ana).isEmpty());
    int before = questions.get();
    assertTrue(trees.of(ana).isEmpty());
    assertEquals(before, questions.get());
    FolderPage page = new Clients(catalog.asked(), trees).folder(ana);
    assertEquals(FILES, page.folders().get(0).files());
  }

  @Test
  void catalogThatCameFromABackupIsReadAnew() {
    FolderTrees trees = trees(1 << 20);
    FolderQuery ana = agentWithFiles("ana");
    asks(trees, ana);
    agentWithFiles("ana");
    assertEquals(2 * FILES, trees.of(ana).orElseThrow().count());
    catalog
        .asked()
        .ask(
            "go back",
            entities ->
                entities.createNativeQuery("delete from file where version = 2").executeUpdate()
                    + entities.createNativeQuery("update holding set files = 20").executeUpdate());
    assertEquals(FILES, trees.of(ana).orElseThrow().count());
  }

  @Test
  void keysOfNamesAreInTheOrderOfTheirBytesAndCanBeReadBack() {
    byte[][] paths =
        Stream.of("\0", "\0\1", "\1", "\1\0", "\2", "//", "/a/b", "a//", "a//b", "a/b\0/c\1")
            .map(path -> path.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    for (byte[] path : paths) {
      byte[] key = FolderKey.ofPath(path);
      assertArrayEquals(path, FolderKey.text(key, 0, key.length));
    }
    assertArrayEquals(new byte[] {'/', 'a', 0, 'b'}, FolderKey.ofPath(paths[6]));
    assertArrayEquals(new byte[] {'a', 0, '/', 'b'}, FolderKey.ofPath(paths[8]));
    assertArrayEquals(new byte[] {'a', 0, 'b', 1, 1, 0, 'c', 1, 2}, FolderKey.ofPath(paths[9]));
    assertArrayEquals(new byte[] {1, 1, 1, 2, '/'}, FolderKey.ofName(new byte[] {0, 1, '/'}));
  }
}
