package org.acopio.web.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.acopio.session.EndReason;
import org.acopio.session.Link;
import org.acopio.session.Session;
import org.acopio.session.SessionHistory;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By what somebody knows that there is something new to show. */
class SessionFiguresTest {
  private final Sessions sessions = new Sessions(SessionHistory.NONE);
  private long messages;

  @AfterEach
  void close() {
    sessions.close();
  }

  private final class FakeLink implements Link {
    @Override
    public InetSocketAddress remoteAddress() {
      return new InetSocketAddress("192.0.2.7", 5_000);
    }

    @Override
    public int localPort() {
      return 9_999;
    }

    @Override
    public Instant openedAt() {
      return Instant.EPOCH;
    }

    @Override
    public Duration age() {
      return Duration.ofSeconds(1);
    }

    @Override
    public long messages() {
      return messages;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public long bytesWritten() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private JsonObject snapshot() {
    return SessionFigures.of(sessions).build();
  }

  @Test
  void nothingNewIsTheSameSnapshot() {
    sessions.open(SessionKind.ECHO, new FakeLink());
    assertEquals(snapshot(), snapshot());
  }

  @Test
  void whoComesAndGoesAndWhatTheySayIsNew() {
    JsonObject nobody = snapshot();
    Session session = sessions.open(SessionKind.ECHO, new FakeLink());
    JsonObject somebody = snapshot();
    assertEquals(1, somebody.getInt("total"));
    assertEquals(1, somebody.getJsonObject("kinds").getInt("echo"));
    assertNotEquals(nobody.getJsonNumber("changes"), somebody.getJsonNumber("changes"));
    messages = 3;
    JsonObject spoken = snapshot();
    assertEquals(somebody.getJsonNumber("changes"), spoken.getJsonNumber("changes"));
    assertNotEquals(somebody.getJsonNumber("activity"), spoken.getJsonNumber("activity"));
    session.ended(EndReason.PEER);
    assertEquals(0, snapshot().getInt("total"));
    assertNotEquals(spoken.getJsonNumber("changes"), snapshot().getJsonNumber("changes"));
  }
}
