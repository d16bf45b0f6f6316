package org.acopio.socket.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the PROXY header at the start of one connection, version 1 or 2 as the first bytes tell. It
 * takes no byte beyond the header, and at most 4 KiB. Not thread-safe.
 */
public final class ProxyHeaderReader {
  private static final byte[] V1_START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] V2_START = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  /** Section 2.1: the longest line of version 1 with its CRLF. */
  private static final int V1_MOST_BYTES = 107;

  private static final int V2_FIXED_BYTES = 16;
  private static final int V2_MOST_BYTES = 4096;

  /** What matches is an address, or no name either: {@link InetAddress} must ask no name server. */
  private static final Pattern IPV4 =
      Pattern.compile("((\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.(?!$)|$)){4}");

  private static final Pattern IPV6 = Pattern.compile("(?=[0-9a-fA-F]*:)[0-9a-fA-F:.]+");
  private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");

  private byte[] bytes = new byte[V1_MOST_BYTES];
  private int length;

  /**
   * Takes what belongs to the header.
   *
   * @param input its position is moved past what was used
   * @return the header once it is complete
   * @throws FrameException if this is no valid header
   */
  public Optional<ProxyHeader> read(ByteBuffer input) throws FrameException {
    while (input.hasRemaining()) {
      int count = Math.min(wanted(), input.remaining());
      input.get(bytes, length, count);
      length += count;
      checkStart();
      if (isV2() ? v2Complete() : v1Complete()) {
        return Optional.of(isV2() ? v2() : v1());
      }
    }
    return Optional.empty();
  }

  /** How many bytes the header needs at least before it can go on; never too many. */
  public int wanted() {
    if (length == 0 || !isV2()) {
      return 1;
    }
    return (length < V2_FIXED_BYTES ? V2_FIXED_BYTES : v2Length()) - length;
  }

  private boolean isV2() {
    return length > 0 && bytes[0] == V2_START[0];
  }

  private void checkStart() throws FrameException {
    byte[] start = isV2() ? V2_START : V1_START;
    int known = Math.min(length, start.length);
    if (!Arrays.equals(bytes, 0, known, start, 0, known)) {
      throw new FrameException("no PROXY header at the start");
    }
  }

  private boolean v1Complete() throws FrameException {
    if (bytes[length - 1] == '\n') {
      return true;
    }
    if (length == V1_MOST_BYTES) {
      throw new FrameException("a PROXY line of more than " + V1_MOST_BYTES + " bytes");
    }
    return false;
  }

  private ProxyHeader v1() throws FrameException {
    String line = new String(bytes, 0, length, StandardCharsets.US_ASCII);
    if (!line.endsWith("\r\n")) {
      throw new FrameException("a PROXY line without CRLF");
    }
    String[] words = line.substring(0, line.length() - 2).split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return ProxyHeader.NONE;
    }
    boolean v6 = words[1].equals("TCP6");
    if (words.length != 6 || (!v6 && !words[1].equals("TCP4"))) {
      throw new FrameException("a PROXY line that is not TCP4, TCP6 or UNKNOWN");
    }
    Pattern form = v6 ? IPV6 : IPV4;
    return ProxyHeader.of(socket(words[2], form, words[4]), socket(words[3], form, words[5]));
  }

  private static InetSocketAddress socket(String address, Pattern form, String port)
      throws FrameException {
    if (!form.matcher(address).matches() || !PORT.matcher(port).matches()) {
      throw new FrameException("a PROXY line with a wrong address or port");
    }
    int number = Integer.parseInt(port);
    if (number > 65_535) {
      throw new FrameException("a PROXY line with a wrong port");
    }
    try {
      // An address by its form: this asks no name server.
      return new InetSocketAddress(InetAddress.getByName(address), number);
    } catch (UnknownHostException wrong) {
      throw new FrameException("a PROXY line with a wrong address");
    }
  }

  private int v2Length() {
    return V2_FIXED_BYTES + ((bytes[14] & 0xff) << 8 | bytes[15] & 0xff);
  }

  private boolean v2Complete() throws FrameException {
    if (length < V2_FIXED_BYTES) {
      return false;
    }
    if (length == V2_FIXED_BYTES) {
      if (v2Length() > V2_MOST_BYTES) {
        throw new FrameException("a PROXY header of more than " + V2_MOST_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length, v2Length()));
    }
    return length == v2Length();
  }

  private ProxyHeader v2() throws FrameException {
    int version = bytes[12] >> 4 & 0xf;
    int command = bytes[12] & 0xf;
    if (version != 2 || command > 1) {
      throw new FrameException("a PROXY header with an unknown version or command");
    }
    if (command == 0) {
      return ProxyHeader.NONE;
    }
    return switch (bytes[13] & 0xff) {
      case 0x11 -> v2Addresses(4);
      case 0x21 -> v2Addresses(16);
      case 0x00 -> ProxyHeader.NONE;
      default -> throw new FrameException("a PROXY header for something other than TCP");
    };
  }

  private ProxyHeader v2Addresses(int addressBytes) throws FrameException {
    if (length < V2_FIXED_BYTES + 2 * addressBytes + 4) {
      throw new FrameException("a PROXY header too short for its addresses");
    }
    int ports = V2_FIXED_BYTES + 2 * addressBytes;
    return ProxyHeader.of(
        v2Socket(V2_FIXED_BYTES, addressBytes, ports),
        v2Socket(V2_FIXED_BYTES + addressBytes, addressBytes, ports + 2));
  }

  private InetSocketAddress v2Socket(int from, int addressBytes, int port) throws FrameException {
    try {
      InetAddress address =
          InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + addressBytes));
      return new InetSocketAddress(address, (bytes[port] & 0xff) << 8 | bytes[port + 1] & 0xff);
    } catch (UnknownHostException wrongLength) {
      throw new FrameException("a PROXY header with a wrong address");
    }
  }
}
