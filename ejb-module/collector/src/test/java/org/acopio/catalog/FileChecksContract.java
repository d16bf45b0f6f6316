package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do for those who compare its rows with the store. */
abstract class FileChecksContract {
  private Catalog catalog;
  private Samples samples;
  private CatalogSettings settings;

  /** A database that holds nothing yet. */
  abstract CatalogSettings freshDatabase() throws Exception;

  @BeforeEach
  final void openFreshCatalog() throws Exception {
    settings = freshDatabase();
    catalog = Catalog.open(settings);
    samples = new Samples(catalog);
  }

  @AfterEach
  final void close() {
    catalog.close();
  }

  private List<StoredFile> store() {
    return catalog.commit(
        List.of(
            samples.file("/a", "one"),
            samples.file("/a", "two"),
            samples.file("/b", "one"),
            samples.file("/c", "three")));
  }

  private static List<Long> numbers(List<CheckedFile> files) {
    return files.stream().map(CheckedFile::number).toList();
  }

  private static Damage damage(StoredFile file, String kind) {
    return new Damage(file.receipt().file(), kind, "a\nb", Samples.NOW);
  }

  @Test
  void pagesHoldEveryRowAsItWasCommitted() {
    List<StoredFile> stored = store();
    List<CheckedFile> first = catalog.checks().after(0, 3);
    assertEquals(3, first.size());
    List<CheckedFile> rest = catalog.checks().after(first.get(2).number(), 3);
    assertEquals(1, rest.size());
    for (CheckedFile file : first) {
      StoredFile same =
          stored.stream().filter(one -> one.receipt().file() == file.number()).findFirst().get();
      assertEquals(same.path(), file.path());
      assertEquals(file.rightKey(), file.pathKey());
      assertEquals(same.receipt().version(), file.version());
      assertEquals(same.receipt().size(), file.size());
      assertEquals(same.modified(), file.modified());
      assertEquals(same.receipt().digest(), file.digest());
      assertEquals(same.receipt().storedAs(), file.storedAs());
      assertEquals(samples.agent, file.agent());
    }
  }

  @Test
  void rowsAreFoundByNameAndByContent() {
    List<StoredFile> stored = store();
    FileChecks checks = catalog.checks();
    String name = stored.get(1).receipt().storedAs();
    assertEquals(
        List.of(stored.get(1).receipt().file()), numbers(checks.named(List.of(name, "no/name"))));
    assertEquals(List.of(), checks.named(List.of()));
    assertEquals(
        Set.of(stored.get(0).receipt().file(), stored.get(2).receipt().file()),
        Set.copyOf(numbers(checks.withDigest(List.of(Samples.digest("one"))))));
    assertEquals(List.of(), checks.withDigest(List.of()));
  }

  @Test
  void damagedFilesAreNotSaidToBeDelivered() {
    List<StoredFile> stored = store();
    FileChecks checks = catalog.checks();
    var one = Samples.digest("one");
    var before = catalog.delivered(samples.agent, List.of(one)).get(one);
    checks.mark(List.of(damage(before, "damaged")));
    assertEquals(1, checks.damagedFiles());
    assertEquals(
        Set.of(before.receipt().file()),
        checks.damaged(stored.stream().map(file -> file.receipt().file()).toList()));
    var other = catalog.delivered(samples.agent, List.of(one)).get(one);
    assertNotEquals(before.receipt().file(), other.receipt().file());
    assertEquals(Map.of(one, List.of(other.receipt().storedAs())), catalog.places(List.of(one)));
    checks.mark(List.of(damage(other, "missing")));
    assertEquals(Map.of(), catalog.delivered(samples.agent, List.of(one)));
    assertEquals(Map.of(), catalog.places(List.of(one)));
    checks.unmark(List.of(before.receipt().file(), other.receipt().file(), 4711L));
    assertEquals(0, checks.damagedFiles());
    assertEquals(before, catalog.delivered(samples.agent, List.of(one)).get(one));
  }

  @Test
  void lastWordOfAMarkCountsAndIsThereAfterARestart() {
    List<StoredFile> stored = store();
    catalog.checks().mark(List.of(damage(stored.get(0), "missing")));
    catalog
        .checks()
        .mark(List.of(damage(stored.get(0), "damaged"), damage(stored.get(3), "missing")));
    catalog.checks().mark(List.of());
    catalog.close();
    catalog = Catalog.open(settings);
    List<Damage> found = catalog.checks().damage(0, 10);
    assertEquals(2, found.size());
    assertEquals("damaged", found.get(0).kind());
    assertEquals(Samples.NOW, found.get(0).foundAt());
    assertEquals(List.of(found.get(1)), catalog.checks().damage(found.get(0).file(), 10));
  }

  @Test
  void rowsAreCorrectedOneValueAtATime() {
    StoredFile file = store().get(3);
    FileChecks checks = catalog.checks();
    long number = file.receipt().file();
    checks.correctSize(number, 99);
    checks.correctDigest(number, Samples.digest("four"));
    checks.correctName(number, "127.0.0.1/other");
    CheckedFile row = checks.after(number - 1, 1).get(0);
    assertEquals(99, row.size());
    assertEquals(Samples.digest("four"), row.digest());
    assertEquals("127.0.0.1/other", row.storedAs());
    checks.correctKey(row);
    assertEquals(row, checks.after(number - 1, 1).get(0));
  }

  @Test
  void versionsAreWithoutGaps() {
    store();
    assertEquals(List.of(), catalog.checks().versionGaps(10));
  }

  @Test
  void placeOfTheCheckInTheBackgroundIsKept() {
    assertEquals(ScrubState.NONE, catalog.checks().scrub());
    ScrubState half =
        new ScrubState(
            17, 4, 1L << 40, 0, Optional.of(Samples.NOW), Optional.empty(), Optional.empty());
    catalog.checks().scrub(half);
    catalog.close();
    catalog = Catalog.open(settings);
    assertEquals(half, catalog.checks().scrub());
    ScrubState whole =
        new ScrubState(
            0,
            9,
            1L << 41,
            3,
            Optional.empty(),
            Optional.of(Samples.NOW),
            Optional.of(Samples.NOW.minusSeconds(86_400)));
    catalog.checks().scrub(whole);
    assertEquals(whole, catalog.checks().scrub());
  }
}
