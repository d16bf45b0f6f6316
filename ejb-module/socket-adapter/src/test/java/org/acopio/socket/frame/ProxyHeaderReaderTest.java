package org.acopio.socket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of HAProxy's proxy-protocol.txt, sections 2.1 and 2.2. */
class ProxyHeaderReaderTest {
  private static final String V2 = "0d0a0d0a000d0a515549540a";

  @Test
  void version1TellsTheAddresses() throws FrameException {
    assertEquals(
        ProxyHeader.of(
            new InetSocketAddress("192.0.2.1", 56324), new InetSocketAddress("192.0.2.9", 443)),
        read("PROXY TCP4 192.0.2.1 192.0.2.9 56324 443\r\n"));
    assertEquals(
        ProxyHeader.of(
            new InetSocketAddress("2001:db8::1", 1), new InetSocketAddress("::1", 65535)),
        read("PROXY TCP6 2001:db8::1 ::1 1 65535\r\n"));
  }

  @Test
  void unknownAndLocalKeepTheAddressesOfTheSocket() throws FrameException {
    assertEquals(ProxyHeader.NONE, read("PROXY UNKNOWN\r\n"));
    assertEquals(ProxyHeader.NONE, read("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n"));
    // version 2, command LOCAL; family unspecified; no addresses
    assertEquals(ProxyHeader.NONE, hex(V2 + "20" + "00" + "0000"));
    // version 2, command PROXY; family unspecified; three bytes to skip
    assertEquals(ProxyHeader.NONE, hex(V2 + "21" + "00" + "0003" + "010203"));
  }

  @Test
  void version2TellsTheAddressesAndSkipsItsExtensions() throws FrameException {
    // PROXY, TCP over IPv4, 12 bytes of addresses and 4 of an extension
    assertEquals(
        ProxyHeader.of(
            new InetSocketAddress("192.0.2.1", 56324), new InetSocketAddress("192.0.2.9", 443)),
        hex(V2 + "21" + "11" + "0010" + "c0000201" + "c0000209" + "dc04" + "01bb" + "04000100"));
    // PROXY, TCP over IPv6
    assertEquals(
        ProxyHeader.of(new InetSocketAddress("::1", 1), new InetSocketAddress("::2", 2)),
        hex(
            V2
                + "21"
                + "21"
                + "0024"
                + "00000000000000000000000000000001"
                + "00000000000000000000000000000002"
                + "0001"
                + "0002"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.9 56324\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.9 56324 443\n",
        "PROXY TCP4 192.0.2.1 192.0.2.9 56324 65536\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.9 056324 443\r\n",
        "PROXY TCP4 192.0.2.300 192.0.2.9 56324 443\r\n",
        "PROXY TCP4 example.org 192.0.2.9 56324 443\r\n",
        "PROXY TCP4 ::1 ::2 1 2\r\n",
        "PROXY TCP6 192.0.2.1 192.0.2.9 1 2\r\n",
        "PROXY UDP4 192.0.2.1 192.0.2.9 1 2\r\n",
        "PROXY \r\n",
        "proxy TCP4 192.0.2.1 192.0.2.9 56324 443\r\n",
      })
  void aWrongLineIsRefused(String line) {
    assertThrows(FrameException.class, () -> read(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0d0a0d0a000d0a515549540b",
        V2 + "11" + "11" + "000c" + "c0000201c0000209dc0401bb",
        V2 + "22" + "11" + "000c" + "c0000201c0000209dc0401bb",
        V2 + "21" + "12" + "000c" + "c0000201c0000209dc0401bb",
        V2 + "21" + "11" + "0004" + "c0000201",
        V2 + "21" + "11" + "ffff",
      })
  void aWrongBinaryHeaderIsRefused(String bytes) {
    assertThrows(FrameException.class, () -> hex(bytes));
  }

  @Test
  void aLineWithoutEndIsRefusedAfter107Bytes() {
    assertThrows(FrameException.class, () -> read("PROXY UNKNOWN " + "x".repeat(200)));
  }

  @Test
  void everyCutGivesTheSameAndNoByteBehindTheHeaderIsTaken() throws FrameException {
    byte[] bytes =
        "PROXY TCP4 192.0.2.1 192.0.2.9 56324 443\r\nrest".getBytes(StandardCharsets.US_ASCII);
    for (int cut = 1; cut < bytes.length; cut++) {
      ProxyHeaderReader reader = new ProxyHeaderReader();
      Optional<ProxyHeader> header = reader.read(ByteBuffer.wrap(bytes, 0, cut));
      ByteBuffer second = ByteBuffer.wrap(bytes, cut, bytes.length - cut);
      if (header.isEmpty()) {
        header = reader.read(second);
        assertEquals("rest", StandardCharsets.US_ASCII.decode(second).toString());
      }
      assertTrue(header.isPresent());
    }
  }

  private static ProxyHeader read(String text) throws FrameException {
    return new ProxyHeaderReader()
        .read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)))
        .orElseThrow();
  }

  private static ProxyHeader hex(String bytes) throws FrameException {
    return new ProxyHeaderReader()
        .read(ByteBuffer.wrap(HexFormat.of().parseHex(bytes)))
        .orElseThrow();
  }
}
