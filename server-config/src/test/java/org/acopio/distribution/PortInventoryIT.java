package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is open to the network, as it is when nobody moves its ports, alone on a computer:
 * whatever is open there is its own, and is what {@code docs/operations.md} says.
 */
class PortInventoryIT {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\| [^|]+ \\| `");
  private static final int LAST_PORT = 65_535;
  private static final int MILLIS = 20_000;

  @TempDir Path temp;

  private static Set<Integer> documented() throws IOException {
    String text = Files.readString(Path.of("docs/operations.md"));
    int begin = text.indexOf("\n## Ports\n");
    Set<Integer> ports =
        ROW.matcher(text.substring(begin, text.indexOf("\n## ", begin + 1)))
            .results()
            .flatMap(row -> List.of(row.group(1).split(", ")).stream())
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(ports.contains(1_099), () -> "no table of ports: " + ports);
    return ports;
  }

  @Test
  void everyOpenPortIsDocumentedAndEveryDocumentedPortIsOpen() throws Exception {
    try (NetworkNamespace computer =
            Root.made(
                NetworkNamespace.open(),
                "a network namespace needs Linux, root and 'ip': no ports were counted");
        ServerProcess server =
            ServerProcess.startOnDefaultPorts(
                computer, temp.resolve("data"), "--bind", "0.0.0.0")) {
      assertEquals(documented(), open(computer.guest()));
      assertEquals(documented(), new TreeSet<>(server.allPorts()));
      for (String table : List.of("udp", "udp6", "raw", "raw6")) {
        assertEquals(1, lines(computer, "/proc/net/" + table).size(), table + " has a head only");
      }
    }
  }

  /** Every port that takes a connection, tried one after the other from this machine. */
  private static Set<Integer> open(String address) {
    Set<Integer> open = new TreeSet<>();
    for (int port = 1; port <= LAST_PORT; port++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), MILLIS);
        open.add(port);
      } catch (IOException closed) {
        continue;
      }
    }
    return open;
  }

  private static List<String> lines(NetworkNamespace computer, String file) throws IOException {
    Process process =
        new ProcessBuilder(computer.command(List.of("cat", file)))
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}
