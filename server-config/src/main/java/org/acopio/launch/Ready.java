package org.acopio.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The last line of a start, which people read and other programs wait for. */
final class Ready {
  private Ready() {}

  /**
   * For example {@code Acopio ready in 4.1 s: http://127.0.0.1:8000/ · rmi://… · echo 9999 · data
   * /srv/x}.
   *
   * @param tcpPorts the other ports with what they serve, or empty
   */
  static String line(
      Duration took, String host, int httpPort, int rmiPort, String tcpPorts, Path data) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return String.format(
        Locale.ROOT,
        "Acopio ready in %.1f s: http://%s:%d/ · rmi://%s:%d/ · %sdata %s",
        took.toMillis() / 1000.0,
        shown,
        httpPort,
        shown,
        rmiPort,
        tcpPorts.isEmpty() ? "" : tcpPorts + " · ",
        data);
  }
}
