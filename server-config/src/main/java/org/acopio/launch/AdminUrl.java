package org.acopio.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where a running server answers a person on the same machine: the file {@value #FILE} in its data
 * folder, from ready to stop. What it takes to be obeyed there is in {@value #TOKEN_FILE}, which
 * the server itself writes.
 */
final class AdminUrl {
  static final String FILE = "admin-url";
  static final String TOKEN_FILE = "admin-token";

  private static final Logger LOG = Logger.getLogger(AdminUrl.class.getName());

  private AdminUrl() {}

  /** Writes the file; a server that listens on every address answers on loopback. */
  static void write(Path data, InetAddress bound, int port) {
    InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    String host = address.getHostAddress();
    // A scope has a character that has no place in a URL unescaped (RFC 6874).
    String shown = host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
    Path file = data.resolve(FILE);
    try {
      Files.writeString(file, "http://" + shown + ":" + port + "/\n");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "'acopio-server admin' will not work: " + file, e);
    }
  }

  static URI read(Path data) throws IOException {
    return URI.create(Files.readString(data.resolve(FILE)).strip());
  }

  static void delete(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a file stays behind: " + data.resolve(FILE), e);
    }
  }
}
