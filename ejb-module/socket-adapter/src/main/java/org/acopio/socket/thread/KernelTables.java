package org.acopio.socket.thread;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What Linux tells of bytes that it has sent and nobody has acknowledged: {@code /proc/net/tcp} and
 * {@code tcp6}, see proc(5). Other systems have no such tables. Thread-safe.
 */
final class KernelTables {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;
  private static final int RETRANSMISSIONS = 6;
  private static final int PROBES = 8;

  /** Of all places where a table may be, those where there is one. */
  private final List<Path> tables;

  /**
   * Bytes under way to a peer.
   *
   * @param bytes how many it has not acknowledged, at least 1
   * @param unanswered how often the system has repeated them, or asked for room, since it last
   *     heard of the peer
   */
  record UnderWay(long bytes, long unanswered) {}

  KernelTables(List<Path> places) {
    tables = places.stream().filter(Files::isReadable).toList();
  }

  /** Those of this system. */
  static KernelTables ofTheSystem() {
    return new KernelTables(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
  }

  /** Whether this system tells it. */
  boolean areThere() {
    return !tables.isEmpty();
  }

  /** The peers of a local port to whom bytes are under way now. */
  Map<InetSocketAddress, UnderWay> underWay(int localPort) throws IOException {
    Map<InetSocketAddress, UnderWay> found = new HashMap<>();
    String port = ":" + HexFormat.of().withUpperCase().toHexDigits((short) localPort);
    for (Path table : tables) {
      try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] column = line.strip().split(" +");
          if (column.length > PROBES && column[LOCAL].endsWith(port)) {
            add(column, found);
          }
        }
      }
    }
    return found;
  }

  private static void add(String[] column, Map<InetSocketAddress, UnderWay> found)
      throws IOException {
    try {
      long bytes = Long.parseLong(column[QUEUES].split(":")[0], 16);
      if (bytes > 0) {
        long unanswered =
            Long.parseLong(column[RETRANSMISSIONS], 16) + Long.parseLong(column[PROBES]);
        found.put(address(column[REMOTE]), new UnderWay(bytes, unanswered));
      }
    } catch (IllegalArgumentException unknown) {
      throw new IOException(
          "no row of a table as in proc(5): " + String.join(" ", column), unknown);
    }
  }

  /** An address is words of 32 bits in the machine's byte order, each written in hexadecimal. */
  private static InetSocketAddress address(String text) throws IOException {
    int colon = text.indexOf(':');
    byte[] words = HexFormat.of().parseHex(text.substring(0, colon));
    ByteBuffer in = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
    ByteBuffer bytes = ByteBuffer.allocate(words.length);
    while (in.hasRemaining()) {
      bytes.putInt(in.getInt());
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes.array()), Integer.parseInt(text.substring(colon + 1), 16));
  }
}
