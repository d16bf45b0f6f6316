package org.acopio.catalog;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.acopio.library.FilePage;
import org.acopio.library.FileSearch;
import org.acopio.library.FileSort;
import org.acopio.library.Library;
import org.acopio.library.LongRange;
import org.acopio.media.MediaKind;
import org.acopio.remote.FilePath;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a search finds, whatever database the catalog lies in. */
abstract class LibraryContract {
  private CatalogSettings settings;
  private Catalog catalog;
  private Samples samples;
  private Library library;

  abstract CatalogSettings freshDatabase() throws Exception;

  @BeforeEach
  final void openFresh() throws Exception {
    settings = freshDatabase();
    catalog = Catalog.open(settings);
    samples = new Samples(catalog);
    library = new Library(catalog.allFiles());
  }

  @AfterEach
  final void close() {
    library.close();
    catalog.close();
  }

  private StoredFile commit(String path, String content) {
    return catalog.commit(List.of(samples.file(path, content))).get(0);
  }

  private NewFile file(String path, String mediaType, long size, Instant modified, long client) {
    NewFile plain = samples.file(path, path);
    return new NewFile(
        plain.upload(),
        plain.agent(),
        client,
        plain.collection(),
        plain.path(),
        size,
        modified,
        mediaType,
        plain.digest(),
        plain.storedAs(),
        plain.storedAt());
  }

  private List<String> paths(FileSearch search) {
    return paths(library.search(search, FileSort.PATH, false, 0, 100));
  }

  private static List<String> paths(FilePage page) {
    return page.files().stream().map(found -> found.file().file().path().toString()).toList();
  }

  private List<String> text(String words) {
    return paths(FileSearch.of(words));
  }

  private static FileSearch search(
      Set<MediaKind> kinds, String client, LongRange sizes, LongRange modified, String digest) {
    return new FileSearch(
        "",
        kinds,
        client,
        OptionalLong.empty(),
        sizes,
        modified,
        LongRange.ALL,
        digest,
        false,
        false,
        Long.MAX_VALUE);
  }

  private static FileSearch versions(String text, boolean all, boolean onlyCopies, long upTo) {
    return new FileSearch(
        text,
        Set.of(),
        "",
        OptionalLong.empty(),
        LongRange.ALL,
        LongRange.ALL,
        LongRange.ALL,
        "",
        all,
        onlyCopies,
        upTo);
  }

  @Test
  final void emptyCatalogHasNothing() {
    FilePage page = library.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 10);
    assertEquals(List.of(), page.files());
    assertEquals(0, page.matching());
    assertEquals(Map.of(), library.clients(10));
  }

  @Test
  final void searchSeesWhatWasCommittedBeforeIt() {
    for (int i = 0; i < 20; i++) {
      commit("p" + i, "c" + i);
      assertEquals(
          i + 1, library.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 0).matching());
    }
  }

  @Test
  final void caseAndAccentsDoNotMatter() {
    commit("Fotos/Año Nuevo/ÑANDÚ.JPG", "1");
    commit("Fotos/Straße/Ελλάδας.jpg", "2");
    List<String> first = List.of("Fotos/Año Nuevo/ÑANDÚ.JPG");
    assertEquals(first, text("nandu"));
    assertEquals(first, text("AÑO"));
    assertEquals(first, text("n\u0303andu\u0301"));
    assertEquals(List.of("Fotos/Straße/Ελλάδας.jpg"), text("STRASSE ελλαδασ"));
  }

  @Test
  final void wordsMayStandAnywhereButQuotedOnesTogether() {
    commit("playa/2026/foto.jpg", "1");
    commit("2026 playa.jpg", "2");
    assertEquals(List.of("2026 playa.jpg", "playa/2026/foto.jpg"), text("playa 2026"));
    assertEquals(List.of("2026 playa.jpg"), text("\"2026 playa\""));
    assertEquals(List.of("playa/2026/foto.jpg"), text("playa\\2026"));
  }

  @Test
  final void wildcardsAreText() {
    commit("100%_a.jpg", "1");
    commit("100 b.jpg", "2");
    commit("100x'a.jpg", "3");
    assertEquals(List.of("100%_a.jpg"), text("%_"));
    assertEquals(List.of("100x'a.jpg"), text("x'"));
    assertEquals(List.of(), text("1*0"));
    assertEquals(List.of(), text("%' or '1'='1"));
  }

  @Test
  final void anyBytesAreAPath() {
    byte[] hostile = {'a', 0, (byte) 0xff, '\n', '/', 'Z', 'z'};
    catalog.commit(List.of(samples.file(samples.agent, FilePath.of(hostile), "1")));
    assertEquals(1, library.search(FileSearch.of("zz"), FileSort.NAME, false, 0, 1).matching());
    assertEquals(0, library.search(FileSearch.of("zza"), FileSort.NAME, false, 0, 1).matching());
  }

  @Test
  final void everyConditionNarrows() {
    long other = catalog.client("192.0.2.9", Samples.NOW);
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    catalog.commit(
        List.of(
            file("a.jpg", "image/jpeg", 10, old, samples.client),
            file("b.pdf", "application/pdf", 20, Samples.NOW, samples.client),
            file("c.mp3", "audio/mpeg", 30, Samples.NOW, other)));
    String digest = Samples.digest("b.pdf").toString();
    LongRange all = LongRange.ALL;
    assertEquals(
        List.of("a.jpg", "b.pdf"),
        paths(search(Set.of(MediaKind.IMAGE, MediaKind.PDF), "", all, all, "")));
    assertEquals(List.of("c.mp3"), paths(search(Set.of(), "192.0.2.9", all, all, "")));
    assertEquals(List.of(), paths(search(Set.of(), "192.0.2.10", all, all, "")));
    assertEquals(List.of("b.pdf"), paths(search(Set.of(), "", new LongRange(11, 29), all, "")));
    assertEquals(
        List.of("a.jpg"),
        paths(search(Set.of(), "", all, new LongRange(Long.MIN_VALUE, old.getEpochSecond()), "")));
    assertEquals(List.of("b.pdf"), paths(search(Set.of(), "", all, all, digest)));
    assertEquals(
        List.of("b.pdf"),
        paths(search(Set.of(), "", all, all, digest.substring(0, 7).toUpperCase())));
    assertEquals(Map.of("127.0.0.1", 2L, "192.0.2.9", 1L), library.clients(10));
    FilePage page =
        library.search(search(Set.of(MediaKind.PDF), "", all, all, ""), FileSort.NAME, false, 0, 9);
    assertEquals(20, page.bytes());
    assertEquals(
        Map.of(MediaKind.IMAGE, 1L, MediaKind.PDF, 1L, MediaKind.AUDIO, 1L, MediaKind.VIDEO, 0L),
        page.kinds());
  }

  @Test
  final void agentsAreToldApart() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    commit("a", "1");
    catalog.commit(List.of(samples.file(other, "a", "2")));
    FileSearch theirs =
        new FileSearch(
            "",
            Set.of(),
            "",
            OptionalLong.of(other),
            LongRange.ALL,
            LongRange.ALL,
            LongRange.ALL,
            "",
            false,
            false,
            Long.MAX_VALUE);
    FilePage page = library.search(theirs, FileSort.NAME, false, 0, 10);
    assertEquals(1, page.matching());
    assertEquals("pc-2", page.files().get(0).file().hostName());
    assertEquals(2, library.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 10).matching());
  }

  @Test
  final void onlyTheNewestVersionIsFoundUntilAllAreAskedFor() {
    StoredFile first = commit("a", "1");
    assertEquals(1, library.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 9).matching());
    commit("b", "1");
    StoredFile second = commit("a", "2");
    FilePage newest = library.search(FileSearch.of("a"), FileSort.NAME, false, 0, 9);
    assertEquals(
        List.of(second), newest.files().stream().map(found -> found.file().file()).toList());
    assertTrue(newest.files().get(0).file().isNewest());
    FilePage all =
        library.search(versions("a", true, false, Long.MAX_VALUE), FileSort.STORED, false, 0, 9);
    assertEquals(
        List.of(first, second), all.files().stream().map(found -> found.file().file()).toList());
    assertFalse(all.files().get(0).file().isNewest());
    try (Library later = new Library(catalog.allFiles())) {
      assertEquals(2, later.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 9).matching());
    }
    assertEquals(
        List.of(second, first),
        catalog.allFiles().versions(first.receipt().file(), 9).stream()
            .map(FileDetails::file)
            .toList());
  }

  @Test
  final void copiesAreCountedAndFound() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    StoredFile mine = commit("a", "same");
    StoredFile again = commit("b/c", "same");
    StoredFile theirs = catalog.commit(List.of(samples.file(other, "d", "same"))).get(0);
    commit("lone", "else");
    assertEquals(List.of("a", "b/c", "d"), paths(versions("", false, true, Long.MAX_VALUE)));
    FilePage page = library.search(FileSearch.EVERYTHING, FileSort.PATH, false, 0, 9);
    assertEquals(List.of(3, 3, 3, 1), page.files().stream().map(FilePage.Found::copies).toList());
    assertEquals(
        List.of(theirs, again),
        catalog.allFiles().sameContent(mine.receipt().file(), 9).stream()
            .map(FileDetails::file)
            .toList());
    assertEquals(1, catalog.allFiles().sameContent(mine.receipt().file(), 1).size());
    assertEquals(List.of(), catalog.allFiles().sameContent(4_711, 9));
  }

  @Test
  final void everyOrderGoesBothWays() {
    Instant early = Instant.parse("2001-01-01T00:00:00Z");
    catalog.commit(
        List.of(
            file("x/IMG_10.jpg", "image/jpeg", 5, early, samples.client),
            file("y/img_9.jpg", "video/mp4", 7, Samples.NOW, samples.client),
            file("w/Ábaco.pdf", "application/pdf", 6, early.plusSeconds(1), samples.client)));
    assertEquals(
        List.of("w/Ábaco.pdf", "y/img_9.jpg", "x/IMG_10.jpg"), sorted(FileSort.NAME, false));
    assertEquals(
        List.of("x/IMG_10.jpg", "y/img_9.jpg", "w/Ábaco.pdf"), sorted(FileSort.NAME, true));
    assertEquals(
        List.of("w/Ábaco.pdf", "x/IMG_10.jpg", "y/img_9.jpg"), sorted(FileSort.PATH, false));
    assertEquals(
        List.of("x/IMG_10.jpg", "w/Ábaco.pdf", "y/img_9.jpg"), sorted(FileSort.SIZE, false));
    assertEquals(
        List.of("x/IMG_10.jpg", "w/Ábaco.pdf", "y/img_9.jpg"), sorted(FileSort.KIND, false));
    assertEquals(
        List.of("y/img_9.jpg", "w/Ábaco.pdf", "x/IMG_10.jpg"), sorted(FileSort.MODIFIED, true));
    assertEquals(
        List.of("w/Ábaco.pdf", "y/img_9.jpg", "x/IMG_10.jpg"), sorted(FileSort.STORED, true));
  }

  private List<String> sorted(FileSort sort, boolean descending) {
    return paths(library.search(FileSearch.EVERYTHING, sort, descending, 0, 10));
  }

  @Test
  final void pagesDoNotShiftWhenFilesArrive() {
    catalog.commit(IntStream.range(0, 250).mapToObj(i -> samples.file("p" + i, "c" + i)).toList());
    List<Long> seen = new ArrayList<>();
    FilePage page = library.search(FileSearch.EVERYTHING, FileSort.STORED, true, 0, 100);
    for (int offset = 100; !page.files().isEmpty(); offset += 100) {
      page.files().forEach(found -> seen.add(found.file().number()));
      commit("new" + offset, "new" + offset);
      page =
          library.search(
              versions("", false, false, page.upTo()), FileSort.STORED, true, offset, 100);
      assertEquals(250, page.matching());
    }
    assertEquals(250, seen.size());
    assertEquals(250, new HashSet<>(seen).size());
  }

  @Test
  final void fileThatAppearsAfterLaterNumbersIsFound() throws Exception {
    long early = nextNumber();
    StoredFile later = commit("later", "1");
    assertTrue(later.receipt().file() > early);
    assertEquals(List.of("later"), text(""));
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into file (number, upload, agent, client, collection, path_key, path, name,
          version, size, modified_seconds, modified_nanos, media_type, digest, stored_as,
          stored_at_seconds, stored_at_nanos)
          select %d, 1, agent, client, collection, digest, cast('early' as bytea), 'early', 1, 5, 0, 0,
          'image/png', path_key, 'early', 0, 0 from file"""
              .formatted(early)
              .replace(
                  "cast('early' as bytea)",
                  settings.url().startsWith("jdbc:h2:") ? "X'6561726c79'" : "'\\x6561726c79'"));
    }
    assertEquals(List.of("early", "later"), text(""));
  }

  private Connection connection() throws Exception {
    return Database.of(settings.url()).dataSource(settings).getConnection();
  }

  private long nextNumber() throws Exception {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        var number =
            statement.executeQuery(
                settings.url().startsWith("jdbc:h2:")
                    ? "select next value for file_number"
                    : "select nextval('file_number')")) {
      number.next();
      return number.getLong(1);
    }
  }

  @Test
  final void searchesAndCommitsMayRunSideBySide() throws Exception {
    CatalogContract.inParallel(
        4,
        thread -> {
          for (int round = 0; round < 20; round++) {
            commit("t" + thread + "/" + round, thread + "-" + round);
            assertTrue(text("t" + thread).size() > round);
          }
          return thread;
        });
    assertEquals(80, library.search(FileSearch.EVERYTHING, FileSort.NAME, false, 0, 0).matching());
  }

  @Test
  final void whoLooksOnHearsOfNewFilesWithoutASearch() {
    long number = commit("a", "1").receipt().file();
    await().atMost(Duration.ofSeconds(60)).until(() -> library.lastRead() == number);
  }

  @Test
  final void detailsKnowWhoSentAFile() {
    StoredFile file = commit("home/ana/foto.jpg", "1");
    FileDetails details = catalog.allFiles().details(List.of(file.receipt().file(), 4_711L)).get(0);
    assertEquals(
        new FileDetails(
            file,
            samples.agent,
            Samples.digest("agent"),
            "pc-1",
            samples.client,
            "127.0.0.1",
            samples.collection,
            1),
        details);
    assertEquals(Optional.of(samples.client), catalog.allFiles().clientNumber("127.0.0.1"));
    assertEquals(Optional.empty(), catalog.allFiles().clientNumber("\0"));
  }
}
