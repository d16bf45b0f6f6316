package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.RemoteException;
import org.junit.jupiter.api.Test;

class DialerTest {
  private static final String ELSEWHERE = "192.0.2.1";

  private final Dialer dialer = Dialer.install();

  @Test
  void whatALookupDialsLeadsToTheAddressThatWasTyped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ServerAddress typed = new ServerAddress("127.0.0.1", server.getLocalPort());
      try (Line line = dialer.hold(typed);
          Socket first = dialer.learning(typed, () -> dialer.createSocket(ELSEWHERE, 7));
          Socket later = dialer.createSocket(ELSEWHERE, 7)) {
        assertEquals(typed.port(), first.getPort());
        assertEquals(typed.port(), later.getPort());
        assertTrue(first.getTcpNoDelay());
        assertTrue(first.getKeepAlive());
        first.setSoTimeout(0);
        assertEquals(RmiSettings.RESPONSE.toMillis(), first.getSoTimeout());
        assertTrue(line.roundTrip().toNanos() > 0);
      }
    }
  }

  @Test
  void nothingIsDialledForNobody() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ServerAddress typed = new ServerAddress("127.0.0.1", server.getLocalPort());
      try (Line line = dialer.hold(typed)) {
        dialer.learning(typed, () -> dialer.createSocket(ELSEWHERE, 8));
        assertEquals(1, line.sockets.size());
      }
      assertThrows(ConnectException.class, () -> dialer.createSocket(ELSEWHERE, 8));
      assertEquals(0, dialer.sockets());
    }
  }

  @Test
  void aSocketThatWasHungUpIsToldFromAConnectionThatBroke() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ServerAddress typed = new ServerAddress("127.0.0.1", server.getLocalPort());
      try (Line line = dialer.hold(typed)) {
        Socket socket = dialer.learning(typed, () -> dialer.createSocket(ELSEWHERE, 10));
        OutputStream kept = socket.getOutputStream();
        line.hangUp();
        kept.write(1);
        IOException hungUp = assertThrows(IOException.class, kept::flush);
        assertTrue(DialedSocket.hungUp(new RemoteException("a call", hungUp)));
        assertFalse(DialedSocket.hungUp(new RemoteException("a call", new SocketException())));
      }
    }
  }

  @Test
  void aLineIsHeldUntilItsLastHolderLetsGo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ServerAddress typed = new ServerAddress("127.0.0.1", server.getLocalPort());
      Line first = dialer.hold(typed);
      Line second = dialer.hold(typed);
      Socket socket = dialer.learning(typed, () -> dialer.createSocket(ELSEWHERE, 9));
      first.close();
      assertTrue(!socket.isClosed());
      second.close();
      assertTrue(socket.isClosed());
    }
  }

  @Test
  void aConnectionThatIsNotTakenLeavesNoSocket() throws Exception {
    ServerAddress nobody = new ServerAddress("127.0.0.1", FakeServer.freePort());
    try (Line line = dialer.hold(nobody)) {
      assertThrows(
          ConnectException.class,
          () -> dialer.learning(nobody, () -> dialer.createSocket(ELSEWHERE, 10)));
      assertEquals(0, line.sockets.size());
    }
  }
}
