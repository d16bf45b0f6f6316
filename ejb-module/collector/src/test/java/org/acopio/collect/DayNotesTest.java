package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DayNotesTest {
  private static final Instant EVENING = Instant.parse("2026-11-21T23:59:59Z");
  private static final Instant MIDNIGHT = EVENING.plusSeconds(1);

  private Instant now = EVENING;
  private long nanos = Long.MAX_VALUE;
  private final Catalog gone =
      Catalog.open(new CatalogSettings("jdbc:h2:mem:day-notes;DB_CLOSE_DELAY=0", "acopio", "", 2));
  private boolean away;
  private int calls;
  private final List<Instant> noted = new ArrayList<>();
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneId.of("America/Lima"));
  private final DayNotes notes = new DayNotes(this::note, clock, () -> nanos);

  @BeforeEach
  void closeTheCatalog() {
    gone.close();
  }

  private void note(Instant moment) {
    calls++;
    if (away) {
      gone.runningDays().note(moment);
    }
    noted.add(moment);
  }

  @Test
  void eachDayIsNotedOnceAndAgainWhenTheClockReturnsToIt() {
    notes.look();
    notes.look();
    now = MIDNIGHT;
    notes.look();
    notes.look();
    now = EVENING;
    notes.look();
    assertEquals(List.of(EVENING, MIDNIGHT, EVENING), noted);
  }

  @Test
  void catalogThatIsAwayIsAskedOnceAMinuteAndThenHasTheDay() {
    away = true;
    notes.look();
    nanos += Duration.ofMinutes(1).toNanos() - 1;
    notes.look();
    assertEquals(1, calls);
    nanos++;
    notes.look();
    assertEquals(2, calls);
    away = false;
    nanos += Duration.ofMinutes(1).toNanos();
    notes.look();
    notes.look();
    assertEquals(List.of(EVENING), noted);
  }
}
