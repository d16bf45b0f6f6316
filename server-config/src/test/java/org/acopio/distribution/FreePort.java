package org.acopio.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address at which nobody listens. */
final class FreePort {
  private FreePort() {}

  /** One that was free a moment ago. */
  static int any() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
