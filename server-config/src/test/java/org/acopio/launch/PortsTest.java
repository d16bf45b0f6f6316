package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortsTest {
  private static final String KEY = "acopio.http.port";

  @Test
  void aPortOnWhichAnotherProgramListensIsNamed() throws IOException {
    try (Ports ports = Ports.on("127.0.0.1");
        ServerSocket other = listening(ports, 0, true)) {
      int taken = other.getLocalPort();
      String message =
          assertThrows(StartException.class, () -> ports.keep(KEY, taken)).getMessage();
      assertTrue(
          message.startsWith("Port " + taken + " (" + KEY + ") on 127.0.0.1 cannot"), message);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aKeptPortIsForTheContainerAndForNobodyByChance() throws IOException {
    Ports ports = Ports.on("127.0.0.1");
    int port;
    try (ports) {
      port = ports.keep(KEY, 0);
      assertThrows(BindException.class, () -> listening(ports, port, false));
      try (ServerSocket container = listening(ports, port, true)) {
        assertEquals(port, container.getLocalPort());
      }
    }
    try (ServerSocket anybody = listening(ports, port, false)) {
      assertEquals(port, anybody.getLocalPort());
    }
  }

  private static ServerSocket listening(Ports ports, int port, boolean reuse) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(reuse);
      socket.bind(new InetSocketAddress(ports.address(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
