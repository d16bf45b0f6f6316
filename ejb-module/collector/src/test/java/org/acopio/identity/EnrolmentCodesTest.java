package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.identity.EnrolmentCodes.Made;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes are made within their limits, and known by a digest. */
class EnrolmentCodesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");

  @TempDir Path folder;
  private Catalog catalog;
  private EnrolmentCodes codes;

  @BeforeEach
  void open() {
    catalog =
        Catalog.open(new CatalogSettings("jdbc:h2:mem:codes;DB_CLOSE_DELAY=0", "acopio", "", 2));
    codes =
        new EnrolmentCodes(
            catalog.enrolmentCodes(),
            ServerIdentity.open(folder),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Made made(Duration lasts, OptionalLong uses) {
    return codes.make("ana", lasts, uses);
  }

  @Test
  void codeIsKnownByItsDigestAlone() {
    Made made = made(Duration.ofDays(2), OptionalLong.of(3));
    EnrolmentCodeEntry kept = codes.newest().get(0);
    assertEquals(EnrolmentCodes.digest(made.code().secret()), kept.digest());
    assertEquals(made.entry(), kept);
    assertEquals(NOW, kept.madeAt());
    assertEquals(NOW.plus(Duration.ofDays(2)), kept.expiresAt());
    assertEquals(OptionalLong.of(3), kept.mostUses());
    assertEquals(0, kept.uses());
    assertNotEquals(made.code(), made(Duration.ofDays(2), OptionalLong.of(3)).code());
  }

  @Test
  void codeBeyondTheLimitsIsNotMade() {
    for (String lasts : List.of("PT23H59M59.999999999S", "P3650DT0.000000001S", "PT0S", "P-1D")) {
      refused(Duration.parse(lasts), OptionalLong.empty());
    }
    for (long uses : new long[] {0, -1, 1_000_001}) {
      refused(Duration.ofDays(1), OptionalLong.of(uses));
    }
    assertEquals(List.of(), codes.newest());
  }

  private void refused(Duration lasts, OptionalLong uses) {
    assertThrows(IllegalArgumentException.class, () -> made(lasts, uses));
  }

  @Test
  void limitsThemselvesAreAllowed() {
    made(Duration.ofDays(1), OptionalLong.of(1));
    made(Duration.ofDays(EnrolmentCodes.MOST_DAYS), OptionalLong.of(EnrolmentCodes.MOST_USES));
    assertEquals(2, codes.newest().size());
  }

  @Test
  void firstStartMakesACodeAndLaterOnesDoNot() {
    Made first = codes.makeFirst("admin").orElseThrow();
    assertEquals(NOW.plus(EnrolmentCodes.LASTS), first.entry().expiresAt());
    assertEquals(Optional.empty(), codes.makeFirst("admin"));
  }

  @Test
  void codeIsTakenBackOnce() {
    long number = made(Duration.ofDays(1), OptionalLong.empty()).entry().number();
    assertTrue(codes.takeBack(number));
    assertFalse(codes.takeBack(number));
    assertFalse(codes.takeBack(number + 1));
  }
}
