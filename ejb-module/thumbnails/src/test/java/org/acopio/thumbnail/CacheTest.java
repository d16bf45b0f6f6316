package org.acopio.thumbnail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:48:00Z");

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("cache").resolve("thumbnails");
  }

  private Cache cache(long bytes) {
    return new Cache(folder, bytes, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String digest(int number) {
    return "%064x".formatted(number);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void age(Duration age) throws IOException {
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }
  }

  @Test
  void everyOutcomeComesBack() {
    Details details = new Details(Map.of(Fact.TITLE, "Niña", Fact.WIDTH, "12"));
    Refused refused = new Refused(Reason.TOO_MANY_PIXELS);
    Cache cache = cache(1 << 20);
    cache.keep(digest(1), "details", details);
    cache.keep(digest(1), "256", refused);
    cache.keep(digest(2), "256", new Picture(new byte[] {1, 2, 3}, "image/png", 40, 30));
    assertEquals(Optional.of(details), cache.find(digest(1), "details"));
    assertEquals(Optional.of(refused), cache.find(digest(1), "256"));
    Picture picture = (Picture) cache.find(digest(2), "256").orElseThrow();
    assertEquals(3, picture.bytes().length);
    assertEquals("image/png", picture.mediaType());
    assertEquals(40, picture.width());
    assertEquals(Optional.empty(), cache.find(digest(2), "512"));
  }

  @Test
  void onlyTheOwnerMayLookInside() throws IOException {
    cache(1 << 20).keep(digest(1), "256", new Refused(Reason.UNREADABLE));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void aFileThatIsNotWholeIsAsGoodAsNone() throws IOException {
    Cache cache = cache(1 << 20);
    cache.keep(digest(1), "256", new Picture(new byte[100], "image/png", 40, 30));
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), cache.find(digest(1), "256"));
    }
    Files.write(file, new byte[] {127, 127, 127, 127, 1, 2, 3});
    assertEquals(Optional.empty(), cache.find(digest(1), "256"));
  }

  @Test
  void itMayBeDeletedWhileItIsUsed() throws IOException {
    Cache cache = cache(1 << 20);
    cache.keep(digest(1), "256", new Refused(Reason.UNREADABLE));
    for (Path file : files()) {
      Files.delete(file);
    }
    assertEquals(Optional.empty(), cache.find(digest(1), "256"));
    cache.keep(digest(1), "256", new Refused(Reason.UNREADABLE));
    assertTrue(cache.find(digest(1), "256").isPresent());
  }

  @Test
  void whatWasNotUsedForTheLongestTimeGoesFirst() throws IOException {
    Cache cache = cache(10_000);
    for (int i = 0; i < 9; i++) {
      cache.keep(digest(i), "256", new Picture(new byte[1_000], "image/png", 1, 1));
    }
    age(Duration.ofDays(3));
    assertTrue(cache.find(digest(0), "256").isPresent());
    cache.keep(digest(9), "256", new Picture(new byte[1_000], "image/png", 1, 1));
    assertTrue(cache.find(digest(0), "256").isPresent());
    assertTrue(cache.find(digest(9), "256").isPresent());
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertTrue(bytes <= 10_000, "there are " + bytes);
    assertTrue(bytes >= 7_000, "there are " + bytes);
  }

  @Test
  void aStartCountsWhatIsThere() throws IOException {
    cache(10_000).keep(digest(1), "256", new Picture(new byte[9_500], "image/png", 1, 1));
    age(Duration.ofDays(3));
    cache(10_000).keep(digest(2), "256", new Picture(new byte[1_000], "image/png", 1, 1));
    assertFalse(cache(10_000).find(digest(1), "256").isPresent());
    assertTrue(cache(10_000).find(digest(2), "256").isPresent());
  }

  @Test
  void whatMayHaveBeenBadLuckGetsASecondChance() throws IOException {
    Cache cache = cache(1 << 20);
    cache.keep(digest(1), "256", new Refused(Reason.TOO_SLOW));
    cache.keep(digest(2), "256", new Refused(Reason.UNREADABLE));
    age(Cache.SECOND_CHANCE.minusSeconds(1));
    assertTrue(cache.find(digest(1), "256").isPresent());
    age(Cache.SECOND_CHANCE.plusSeconds(1));
    assertFalse(cache.find(digest(1), "256").isPresent());
    assertTrue(cache.find(digest(2), "256").isPresent());
  }

  @Test
  void noBytesKeepNothing() {
    cache(0).keep(digest(1), "256", new Refused(Reason.UNREADABLE));
    assertFalse(Files.exists(folder));
  }

  @Test
  void aDiskThatRefusesIsNoOutage() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.write(folder, new byte[1]);
    cache(1 << 20).keep(digest(1), "256", new Refused(Reason.UNREADABLE));
    assertEquals(Optional.empty(), cache(1 << 20).find(digest(1), "256"));
  }
}
