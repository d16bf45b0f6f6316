package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOTED = Samples.NOW.truncatedTo(ChronoUnit.SECONDS);
  private static final Instant NEXT_DAY = NOTED.plus(Duration.ofDays(1));
  private static final Optional<Instant> CUTOFF = Optional.of(NOTED.minus(Duration.ofDays(30)));

  private Catalog catalog;

  @BeforeEach
  void open() {
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:mem:retention;DB_CLOSE_DELAY=0", "acopio", "", 2));
    catalog.runningDays().note(NOTED);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void isAskedOnceAnHour() {
    Retention retention = catalog.retention("log", 30);
    Instant first = NEXT_DAY.minusSeconds(1);
    assertEquals(Optional.empty(), retention.cutoff(first));
    assertEquals(Optional.empty(), retention.cutoff(first.plusSeconds(3_599)));
    assertEquals(CUTOFF, retention.cutoff(first.plusSeconds(3_600)));
    assertEquals(Optional.empty(), retention.cutoff(first.plusSeconds(3_601)));
  }

  @Test
  void isAskedAgainAfterTheClockWasSetBack() {
    Retention retention = catalog.retention("log", 30);
    assertEquals(CUTOFF, retention.cutoff(NEXT_DAY.plus(Duration.ofDays(3_652))));
    assertEquals(CUTOFF, retention.cutoff(NEXT_DAY));
  }

  @Test
  void zeroDaysAreForEver() {
    assertEquals(Optional.empty(), catalog.retention("log", 0).cutoff(NEXT_DAY));
  }
}
