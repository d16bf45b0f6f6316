package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.PastSession;
import org.acopio.catalog.PastSessionQuery;
import org.acopio.session.Link;
import org.acopio.session.Session;
import org.acopio.session.SessionHistory;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.acopio.web.figures.SessionFigures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The words of the answers, which programs rely on. */
class SessionJsonTest {
  private static final Instant OPENED = Instant.parse("2026-11-21T17:00:00.500Z");

  private final Sessions sessions = new Sessions(SessionHistory.NONE);

  @AfterEach
  void close() {
    sessions.close();
  }

  private record FakeLink(InetSocketAddress remoteAddress) implements Link {
    @Override
    public int localPort() {
      return 6_667;
    }

    @Override
    public Instant openedAt() {
      return OPENED;
    }

    @Override
    public Duration age() {
      return Duration.ofMillis(7_125);
    }

    @Override
    public long messages() {
      return 3;
    }

    @Override
    public long bytesRead() {
      return 30;
    }

    @Override
    public long bytesWritten() {
      return 31;
    }

    @Override
    public void close() {}
  }

  private Session open(SessionKind kind) {
    return sessions.open(kind, new FakeLink(new InetSocketAddress("192.0.2.7", 5_000)));
  }

  @Test
  void liveSessionHasTheseFields() {
    Session session = open(SessionKind.SESSION_THREAD);
    session.detail("\"PC\"");
    assertEquals(
        "{\"number\":1,\"kind\":\"session-thread\",\"address\":\"192.0.2.7\",\"port\":5000,"
            + "\"localPort\":6667,\"opened\":\"2026-11-21T17:00:00.500Z\",\"seconds\":7.125,"
            + "\"messages\":3,\"bytesRead\":30,\"bytesWritten\":31,\"state\":\"open\","
            + "\"detail\":\"\\\"PC\\\"\"}",
        SessionJson.live(session).toString());
    session.close();
    assertEquals("closing", SessionJson.live(session).getString("state"));
  }

  @Test
  void pageTellsHowManyThereAreBeyondIt() {
    open(SessionKind.ECHO);
    open(SessionKind.ECHO);
    JsonObject page =
        SessionJson.page(SessionFigures.of(sessions), 2, sessions.page(Optional.empty(), 1, 1));
    assertEquals(2, page.getInt("matching"));
    assertEquals(2, page.getJsonObject("kinds").getInt("echo"));
    assertEquals(0, page.getJsonObject("kinds").getInt("rmi"));
    assertEquals(1, page.getJsonArray("sessions").size());
    assertEquals(2, page.getJsonArray("sessions").getJsonObject(0).getInt("number"));
  }

  private static PastSession past(long number) {
    return new PastSession(
        number,
        "rmi",
        "192.0.2.7",
        5_000,
        1_099,
        OPENED,
        Duration.ofMillis(7_125),
        3,
        30,
        31,
        "peer",
        "");
  }

  @Test
  void pastSessionHasTheseFields() {
    assertEquals(
        "{\"number\":9,\"kind\":\"rmi\",\"address\":\"192.0.2.7\",\"port\":5000,"
            + "\"localPort\":1099,\"opened\":\"2026-11-21T17:00:00.500Z\","
            + "\"ended\":\"2026-11-21T17:00:07.625Z\",\"seconds\":7.125,\"messages\":3,"
            + "\"bytesRead\":30,\"bytesWritten\":31,\"reason\":\"peer\",\"detail\":\"\"}",
        SessionJson.past(past(9)).toString());
  }

  @Test
  void onlyAFullPageOfHistoryHasOneAfterIt() {
    List<PastSession> page = List.of(past(9), past(8));
    assertEquals(8, SessionJson.history(page, newest(2)).getInt("before"));
    assertFalse(SessionJson.history(page, newest(3)).containsKey("before"));
    assertFalse(SessionJson.history(List.of(), newest(1)).containsKey("before"));
  }

  private static PastSessionQuery newest(int limit) {
    return PastSessionQuery.newest(Optional.empty(), Long.MAX_VALUE, limit);
  }

  @Test
  void inAnotherOrderPagesGoByHowManyCameBefore() {
    PastSessionQuery wanted =
        new PastSessionQuery(
            Optional.empty(), "", 0, 1, PastSessionQuery.Order.READ, true, Long.MAX_VALUE, 4, 2);
    JsonObject page = SessionJson.history(List.of(past(9), past(8)), wanted);
    assertEquals(6, page.getInt("next"));
    assertFalse(page.containsKey("before"));
  }
}
