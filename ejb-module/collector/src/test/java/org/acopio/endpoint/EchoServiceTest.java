package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.acopio.session.Session;
import org.acopio.session.SessionHistory;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.acopio.socket.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EchoServiceTest {
  private final Sessions sessions = new Sessions(SessionHistory.NONE);
  private final FakeLog log = new FakeLog(Level.DEBUG);
  private final EchoService echo =
      new EchoService(
          new Reception(SessionKind.ECHO_QUEUE, sessions, log, new LineBudget(4, () -> 0L)));

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void everyByteComesBack() {
    FakeConnection client = FakeConnection.to(echo);
    byte[] bytes = new byte[1_024];
    new Random(7).nextBytes(bytes);
    client.send(bytes);
    assertArrayEquals(bytes, client.receivedBytes());
    client.send("Hello, world");
    assertEquals("Hello, world", client.received());
  }

  @Test
  void piecesComeBackToTheirOwnSenderInOrder() {
    FakeConnection one = FakeConnection.to(echo, "127.0.0.1", 5_001);
    FakeConnection two = FakeConnection.to(echo, "127.0.0.1", 5_002);
    for (String piece : List.of("Este mensaje ", "es enviado ", "en partes.")) {
      one.send(piece);
      two.send(piece.toUpperCase(java.util.Locale.ROOT));
    }
    assertEquals("Este mensaje es enviado en partes.", one.received());
    assertEquals("ESTE MENSAJE ES ENVIADO EN PARTES.", two.received());
  }

  @Test
  void clientIsASessionFromItsArrivalToItsEnd() {
    FakeConnection client = FakeConnection.to(echo, "192.0.2.7", 5_000);
    client.send("hola");
    Session session = sessions.page(Optional.empty(), 0, 10).get(0);
    assertEquals(SessionKind.ECHO_QUEUE, session.kind());
    assertEquals("192.0.2.7:5000", session.remoteAddress() + ":" + session.remotePort());
    assertEquals(9_999, session.localPort());
    assertEquals(client.age, session.age());
    assertEquals(
        List.of(1L, 4L, 4L),
        List.of(session.messages(), session.bytesRead(), session.bytesWritten()));
    client.end();
    assertEquals(0, sessions.count());
  }

  @Test
  void personAtTheServerClosesTheConnection() {
    FakeConnection client = FakeConnection.to(echo);
    assertEquals(1, sessions.closeAll(Optional.of(SessionKind.ECHO_QUEUE)));
    assertEquals(false, client.isOpen());
    client.over(CloseReason.LOCAL);
    assertEquals(0, sessions.count());
  }

  @Test
  void everyReasonToEndIsUnderstood() {
    for (CloseReason reason : CloseReason.values()) {
      FakeConnection.to(echo).over(reason);
    }
    assertEquals(0, sessions.count());
  }

  @Test
  void logHasArrivalTextAndEnd() {
    FakeConnection client = FakeConnection.to(echo, "192.0.2.7", 5_000);
    client.send("hola\n");
    client.end();
    FakeConnection.to(echo, "::1", 5_000);
    assertEquals(
        List.of(
            "INFO Recibo conexion de 192.0.2.7:5000",
            "DEBUG 192.0.2.7:5000: hola\\n",
            "INFO Cliente desconectado 192.0.2.7:5000",
            "INFO Recibo conexion de [0:0:0:0:0:0:0:1]:5000"),
        log.lines);
  }

  @Test
  void logHasNotMoreLinesThanItsBudget() {
    for (int i = 0; i < 100; i++) {
      FakeConnection.to(echo).end();
    }
    assertEquals(4, log.lines.size(), log.lines::toString);
  }
}
