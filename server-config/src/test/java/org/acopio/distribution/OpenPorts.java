package org.acopio.distribution;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The TCP ports that a server took because it was told to take free ones: the lines {@code
 * key=port} of the file {@code ports} in its data folder, with the configuration's own keys.
 */
final class OpenPorts {
  private final Properties ports = new Properties();

  private OpenPorts() {}

  /** Of a server that is ready. */
  static OpenPorts of(ServerProcess server) throws IOException {
    OpenPorts open = new OpenPorts();
    Path file = server.data().resolve("ports");
    try (Reader in = Files.newBufferedReader(file)) {
      open.ports.load(in);
    }
    return open;
  }

  /** The first port of a setting such as {@code acopio.echo.ports}. */
  int of(String key) {
    String port = ports.getProperty(key);
    if (port == null) {
      throw new IllegalStateException("The server has no port of " + key + ", only " + ports);
    }
    return Integer.parseInt(port.split(",")[0].strip());
  }
}
