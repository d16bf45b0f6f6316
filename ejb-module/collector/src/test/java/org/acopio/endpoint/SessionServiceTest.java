package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.acopio.session.Session;
import org.acopio.session.SessionHistory;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionServiceTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T17:30:45Z"), ZoneOffset.UTC);

  private final Sessions sessions = new Sessions(SessionHistory.NONE);
  private final SessionService service =
      new SessionService(
          new Reception(SessionKind.SESSION_THREAD, sessions, new FakeLog(Level.INFO)), CLOCK);

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void eachClientIsToldForHowLongItHasBeenThere() {
    FakeConnection one = FakeConnection.to(service);
    FakeConnection two = FakeConnection.to(service);
    one.age = Duration.ofSeconds(12);
    two.age = Duration.ofSeconds(3);
    one.send("hola");
    two.send("hola\r\n");
    assertEquals("21/11/2026 17:30:45 12 secs", one.received());
    assertEquals("21/11/2026 17:30:45 3 secs\r\n", two.received());
  }

  @Test
  void salirIsAnsweredAndTheConnectionClosed() {
    FakeConnection client = FakeConnection.to(service);
    client.send("SALIR");
    assertEquals("5 secs", client.received());
    assertFalse(client.isOpen());
  }

  @Test
  void whatIsLeftAtTheEndOfInputIsAnswered() {
    FakeConnection client = FakeConnection.to(service);
    client.send("uno\ndos");
    assertEquals("21/11/2026 17:30:45 5 secs\n", client.received());
    client.end();
    assertEquals("21/11/2026 17:30:45 5 secs", client.received());
    assertEquals(0, sessions.count());
  }

  @Test
  void registryCountsMessagesAndNotReads() {
    FakeConnection client = FakeConnection.to(service);
    client.send("a\nb\nc\n");
    Session session = sessions.page(Optional.empty(), 0, 1).get(0);
    assertEquals(3, session.messages());
    assertEquals(SessionKind.SESSION_THREAD, session.kind());
    assertTrue(client.isOpen());
  }
}
