package org.acopio.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ports a process listens on, as Linux tells it in {@code /proc}. */
final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final String ESTABLISHED = "01";

  private ListeningSockets() {}

  /** Whether this system tells it. */
  static boolean areKnown() {
    return Files.isReadable(Path.of("/proc/net/tcp"));
  }

  static Set<InetSocketAddress> of(long pid) throws IOException {
    Set<String> own = inodes(Path.of("/proc", Long.toString(pid), "fd"));
    Set<InetSocketAddress> found = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.isReadable(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table))) {
          // "  0: 0100007F:1F40 00000000:0000 0A ..." with the inode in the tenth column.
          String[] column = line.strip().split("\\s+");
          if (column[3].equals(LISTEN) && own.contains(column[9])) {
            found.add(address(column[1]));
          }
        }
      }
    }
    return found;
  }

  /** To which ports of this machine somebody at an address has a connection that nobody closed. */
  static List<Integer> connected(String address) throws IOException {
    InetAddress wanted = InetAddress.getByName(address);
    List<Integer> found = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.isReadable(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] column = line.strip().split("\\s+");
          if (column[3].equals(ESTABLISHED) && address(column[2]).getAddress().equals(wanted)) {
            found.add(address(column[1]).getPort());
          }
        }
      }
    }
    return found;
  }

  /** The UDP sockets that a process has bound, as the kernel writes their addresses. */
  static List<String> datagrams(long pid) throws IOException {
    Set<String> own = inodes(Path.of("/proc", Long.toString(pid), "fd"));
    List<String> found = new ArrayList<>();
    for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
      if (Files.isReadable(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] column = line.strip().split("\\s+");
          if (column.length > 9 && own.contains(column[9])) {
            found.add(column[1]);
          }
        }
      }
    }
    return found;
  }

  private static Set<String> inodes(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(ListeningSockets::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed since it was listed
    }
  }

  /** Addresses are words of 32 bits in the machine's byte order, each written in hexadecimal. */
  private static InetSocketAddress address(String text) throws IOException {
    byte[] words = HexFormat.of().parseHex(text.substring(0, text.indexOf(':')));
    ByteBuffer in = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
    ByteBuffer out = ByteBuffer.allocate(words.length);
    while (in.hasRemaining()) {
      out.putInt(in.getInt());
    }
    int port = Integer.parseInt(text.substring(text.indexOf(':') + 1), 16);
    return new InetSocketAddress(InetAddress.getByAddress(out.array()), port);
  }
}
