package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.acopio.collect.Arrivals.Amount;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodayTest {
  private static final ZoneId LIMA = ZoneId.of("America/Lima");

  /** Noon there. */
  private Instant now = Instant.parse("2026-11-21T17:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return LIMA;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException("the zone stays");
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @Test
  void afterARestartTheDayHasWhatWasStoredInIt(@TempDir Path folder) throws Exception {
    try (Server server = new Server(folder, Server.LIMITS)) {
      Agent agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
      agent.store(Photo.of(1_000, 1), "/x.jpg");
      agent.store(Photo.of(500, 2), "/y.jpg");
      Arrivals running = server.collector.progress().arrivals();
      assertEquals(new Amount(2, 1_500), running.total());
      Arrivals restarted = new Today(server.catalog, clock).now();
      assertEquals(LocalDate.of(2026, 11, 21), restarted.day());
      assertEquals(running.today(), restarted.today());
      assertEquals(new Amount(2, 1_500), restarted.today().get(MediaKind.IMAGE));
      assertEquals(Amount.NONE, restarted.today().get(MediaKind.VIDEO));
      assertEquals(running.ever(), restarted.ever());
    }
  }

  @Test
  void midnightOfTheServersZoneBeginsAnEmptyDay(@TempDir Path folder) throws Exception {
    try (Server server = new Server(folder, Server.LIMITS)) {
      Today today = new Today(server.catalog, clock);
      now = Instant.parse("2026-11-22T04:59:59Z");
      today.add(now, "application/pdf", 10);
      assertEquals(new Amount(1, 10), today.now().today().get(MediaKind.PDF));
      Instant before = now;
      now = Instant.parse("2026-11-22T05:00:00Z");
      today.add(before, "application/pdf", 10);
      assertEquals(Amount.NONE, today.now().total());
      today.add(now, "video/mp4", 7);
      assertEquals(new Amount(1, 7), today.now().total());
      assertEquals(LocalDate.of(2026, 11, 22), today.now().day());
      assertEquals(new Amount(3, 27), today.now().ever());
    }
  }

  @Test
  void fileOfYesterdayIsNotOfToday(@TempDir Path folder) throws Exception {
    try (Server server = new Server(folder, Server.LIMITS)) {
      Agent agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
      agent.store(Photo.of(1_000, 1), "/x.jpg");
      now = Instant.parse("2026-11-22T05:00:00Z");
      Arrivals next = new Today(server.catalog, clock).now();
      assertEquals(Amount.NONE, next.total());
      assertEquals(new Amount(1, 1_000), next.ever());
    }
  }
}
