package org.acopio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.PastSession;
import org.acopio.catalog.PastSessionQuery;
import org.acopio.session.EndReason;
import org.acopio.session.EndedSession;
import org.acopio.session.SessionKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogHistoryTest {
  private static final Instant OPENED = Instant.parse("2026-01-01T10:00:00.123456789Z");

  @TempDir Path folder;
  private Catalog catalog;
  private Instant now = OPENED.plus(Duration.ofDays(1));

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @BeforeEach
  void open() {
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "", 2));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private static EndedSession ended(SessionKind kind) {
    return new EndedSession(
        7,
        kind,
        "192.0.2.7",
        5_000,
        6_667,
        OPENED,
        Duration.ofMillis(1_500),
        1,
        2,
        3,
        EndReason.FIRST_BYTE,
        "PC");
  }

  private List<PastSession> kept() {
    return catalog.pastSessions(PastSessionQuery.newest(Optional.empty(), Long.MAX_VALUE, 100));
  }

  @Test
  void everythingOfAnEndedSessionIsKept() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    assertTrue(history.keep(List.of(ended(SessionKind.SESSION_THREAD))));
    PastSession kept = kept().get(0);
    assertEquals(
        new PastSession(
            kept.number(),
            "session-thread",
            "192.0.2.7",
            5_000,
            6_667,
            OPENED,
            Duration.ofMillis(1_500),
            1,
            2,
            3,
            "first-byte",
            "PC"),
        kept);
  }

  @Test
  void everyKindAndReasonFits() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    for (SessionKind kind : SessionKind.values()) {
      history.keep(List.of(ended(kind)));
    }
    assertEquals(
        List.of(SessionKind.values()).stream().map(SessionKind::word).sorted().toList(),
        kept().stream().map(PastSession::kind).sorted().toList());
  }

  /** A moment at which the server runs: it notes the day, and a session of another kind ends. */
  private void runs(CatalogHistory history, Duration afterOpened) {
    now = OPENED.plus(afterOpened);
    catalog.runningDays().note(now);
    history.keep(List.of());
  }

  @Test
  void whatIsTooOldIsForgottenByAServerThatRunsEveryDay() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    for (int day = 0; day <= 91; day++) {
      runs(history, Duration.ofDays(day));
      assertEquals(1, kept().size(), "day " + day);
    }
    runs(history, Duration.ofDays(92));
    assertEquals(0, kept().size(), "yesterday it was 91 days old");
  }

  @Test
  void whatIsTooOldIsForgottenADayAfterALongStop() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    runs(history, Duration.ZERO);
    runs(history, Duration.ofDays(500));
    runs(history, Duration.ofDays(500).plusHours(23));
    assertEquals(1, kept().size());
    runs(history, Duration.ofDays(501));
    assertEquals(0, kept().size());
  }

  /** Less than the days for which sessions are kept, too. */
  @ParameterizedTest
  @ValueSource(ints = {60, 3_652})
  void clockThatIsAheadForLessThanADayForgetsNothing(int days) {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    runs(history, Duration.ofDays(60));
    runs(history, Duration.ofDays(60 + days));
    runs(new CatalogHistory(catalog, 90, clock), Duration.ofDays(60 + days).plusHours(1));
    runs(history, Duration.ofDays(60 + days).plusHours(23));
    assertEquals(1, kept().size());
    runs(history, Duration.ofDays(61));
    runs(history, Duration.ofDays(63 + days));
    assertEquals(1, kept().size(), "the clock was there before, but not for a day");
    for (int day = 62; day <= 92; day++) {
      runs(history, Duration.ofDays(day));
    }
    assertEquals(0, kept().size(), "the clock is right again, and 91 days have passed");
  }

  @Test
  void clockThatStaysAheadIsBelievedAfterADay() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    runs(history, Duration.ZERO);
    runs(history, Duration.ofDays(3_652));
    assertEquals(1, kept().size());
    runs(history, Duration.ofDays(3_653));
    assertEquals(0, kept().size());
  }

  @Test
  void zeroDaysForgetNothing() {
    CatalogHistory history = new CatalogHistory(catalog, 0, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    runs(history, Duration.ofDays(9_999));
    runs(history, Duration.ofDays(10_000));
    assertEquals(1, kept().size());
  }
}
