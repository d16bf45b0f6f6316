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

  @Test
  void whatIsTooOldIsForgottenOnceADay() {
    CatalogHistory history = new CatalogHistory(catalog, 90, clock);
    history.keep(List.of(ended(SessionKind.ECHO)));
    now = OPENED.plus(Duration.ofDays(90)).plusSeconds(10);
    history.keep(List.of(ended(SessionKind.ECHO)));
    assertEquals(0, kept().size());
    now = now.plus(Duration.ofHours(23));
    history.keep(List.of(ended(SessionKind.ECHO)));
    assertEquals(1, kept().size());
    now = now.plus(Duration.ofHours(1));
    history.keep(List.of(ended(SessionKind.ECHO)));
    assertEquals(0, kept().size());
  }

  @Test
  void zeroDaysForgetNothing() {
    CatalogHistory history = new CatalogHistory(catalog, 0, clock);
    now = OPENED.plus(Duration.ofDays(10_000));
    history.keep(List.of(ended(SessionKind.ECHO)));
    assertEquals(1, kept().size());
  }
}
