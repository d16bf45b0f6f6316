package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of every value as they were when they were first released. Agents and servers of
 * different ages meet on the wire: a change here is a change of the protocol.
 */
class GoldenBytesTest {
  static Stream<Named<Serializable>> values() {
    return Samples.serializables().entrySet().stream()
        .map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  static Stream<String> names() {
    return Samples.serializables().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void todaysCodeWritesTheReleasedBytes(String name) throws IOException {
    byte[] today = Streams.write(Samples.serializables().get(name));
    assertEquals(lines(golden(name)), lines(today));
  }

  /** For messages that show where two streams part. */
  private static String lines(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{64})", "$1\n");
  }

  @ParameterizedTest
  @MethodSource("names")
  void todaysCodeReadsTheReleasedBytes(String name) throws Exception {
    Object read = Streams.read(golden(name));
    assertEquals(Samples.serializables().get(name).getClass(), read.getClass());
    assertArrayEquals(golden(name), Streams.write(read));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesHaveTheirVersionDeclared(Serializable value) {
    if (!(value instanceof Enum)) {
      assertEquals(1L, ObjectStreamClass.lookup(value.getClass()).getSerialVersionUID());
    }
  }

  @Test
  void whatALaterVersionRefusesForCanBeReadAndToldInItsWords() throws Exception {
    CollectorException refused =
        (CollectorException) Streams.read(renamed("collector-exception", "TOO_MUCH", "TOO_SOON"));
    assertEquals(CollectorException.Code.OTHER, refused.code());
    assertEquals("1,001 items", refused.getMessage());
    ParityException odd =
        (ParityException) Streams.read(renamed("parity-exception", "EMPTY", "NOVEL"));
    assertEquals(ParityException.Reason.OTHER, odd.reason());
  }

  private static byte[] renamed(String name, String from, String to) throws IOException {
    String bytes = new String(golden(name), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains(from));
    return bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Hexadecimal digits; what follows a {@code #} is for people. */
  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenBytesTest.class.getResourceAsStream("golden/" + name + ".hex"), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(text.replaceAll("#[^\n]*", "").replaceAll("\\s", ""));
    }
  }
}
