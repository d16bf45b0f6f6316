package org.acopio.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.acopio.session.SessionProtocol.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionProtocolTest {
  /** Winter time in Mexico City is six hours behind. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-05T03:04:09Z"), ZoneId.of("America/Mexico_City"));

  private static final String NOW = "04/01/2026 21:04:09 62 secs";

  private Duration connected = Duration.ofMillis(62_999);
  private final SessionProtocol protocol = new SessionProtocol(CLOCK, () -> connected);

  private String say(String text) {
    return text(protocol.read(ByteBuffer.wrap(text.getBytes(UTF_8))));
  }

  private static String text(Answer answer) {
    return ISO_8859_1.decode(answer.bytes()).toString();
  }

  @Test
  void everyMessageIsAnsweredWithDayTimeAndWholeSeconds() {
    assertEquals(NOW, say("hola"));
    connected = Duration.ofHours(30);
    assertEquals("04/01/2026 21:04:09 108000 secs", say("otra vez"));
    assertEquals(2, protocol.messages());
  }

  @Test
  void answerEndsAsTheMessageDid() {
    assertEquals(NOW, say("a"));
    assertEquals(NOW + "\n", say("a\n"));
    assertEquals(NOW + "\r\n", say("a\r\n"));
  }

  @Test
  void emptyLineIsAMessage() {
    assertEquals(NOW + "\n", say("\n"));
    assertEquals(NOW + "\r\n", say("\r\n"));
    assertEquals(NOW + "\n" + NOW + "\n", say("\n\n"));
  }

  @Test
  void emptyReadIsNone() {
    assertEquals("", say(""));
    assertEquals(0, protocol.messages());
  }

  @Test
  void everyLineOfAReadIsAnswered() {
    assertEquals(NOW + "\n" + NOW + "\r\n" + NOW + "\n", say("a\nb\r\nc\n"));
    assertEquals(3, protocol.messages());
  }

  @Test
  void whatFollowsALineWaitsForTheNextRead() {
    assertEquals(NOW + "\n", say("a\nb"));
    assertEquals(NOW + "\n", say("c\n"));
    assertEquals(NOW + "\n", say("a\nSALI"));
    assertEquals("62 secs", say("R"));
  }

  @Test
  void whatIsLeftAtTheEndIsAMessage() {
    assertEquals(NOW + "\n", say("a\nb"));
    assertEquals(NOW, text(protocol.inputEnded()));
    assertEquals("", text(protocol.inputEnded()));
  }

  @Test
  void whatIsKeptIsBounded() {
    String most = "x".repeat(MessageReader.MAX_KEPT_BYTES);
    assertEquals(NOW + "\n", say("a\n" + most));
    assertEquals(NOW, say("y"));
    assertEquals(NOW + "\n" + NOW, say("a\n" + most + "y"));
    assertEquals("", text(protocol.inputEnded()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SALIR", "SALIR\n", "SALIR\r\n", "SALIR\r"})
  void salirIsAnsweredWithTheSecondsAndIsTheLast(String salir) {
    Answer answer = protocol.read(ByteBuffer.wrap(salir.getBytes(UTF_8)));
    String end = salir.endsWith("\n") ? salir.substring("SALIR".length()) : "";
    assertEquals("62 secs" + end, text(answer));
    assertTrue(answer.last());
  }

  @Test
  void nothingIsAnsweredAfterSalir() {
    assertEquals(NOW + "\n62 secs\n", say("a\nSALIR\nb\nc"));
    assertEquals("", say("d\n"));
    Answer last = protocol.inputEnded();
    assertEquals("", text(last));
    assertTrue(last.last());
    assertEquals(2, protocol.messages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"salir", "Salir", " SALIR", "SALIR ", "SALIRSE", "SALIR\0", "exit"})
  void anyOtherWordIsAMessage(String word) {
    Answer answer = protocol.read(ByteBuffer.wrap(word.getBytes(UTF_8)));
    assertEquals(NOW, text(answer));
    assertFalse(answer.last());
  }

  @Test
  void bytesThatAreNoTextAreAnswered() {
    byte[] broken = {(byte) 0xff, (byte) 0xc3, 0, (byte) 0x80};
    assertEquals(NOW, text(protocol.read(ByteBuffer.wrap(broken))));
  }

  @Test
  void readOnlyPartOfABufferIsReadAndConsumed() {
    ByteBuffer buffer = ByteBuffer.wrap("xxSALIRxx".getBytes(UTF_8)).position(2).limit(7);
    assertEquals("62 secs", text(protocol.read(buffer.asReadOnlyBuffer())));
    protocol.read(buffer);
    assertEquals(7, buffer.position());
  }

  // ---------------------------------------------------------------- any chunks

  /** Text of lines and pieces of lines; short words, so that SALIR and line ends come often. */
  @Provide
  Arbitrary<List<String>> chunks() {
    return Arbitraries.of("a", "\n", "\r", "\r\n", "SALIR", "SA", "LIR", "ñ", "")
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces))
        .list()
        .ofMaxSize(8);
  }

  /** One that reads lines only has the same messages, however the reads cut them. */
  @Property(tries = 500, seed = "4202611")
  void linesAreAnsweredTheSameHoweverTheyAreCutWhenEachReadHasANewline(
      @ForAll("chunks") List<String> chunks) {
    List<String> withNewline = chunks.stream().map(chunk -> chunk + "\n").toList();
    String all = String.join("", withNewline);
    assertEquals(answers(List.of(all)), answers(withNewline));
  }

  /** As many answers as messages, and each read without a newline brings exactly one. */
  @Property(tries = 500, seed = "4202611")
  void everyReadIsAnsweredByItsRule(@ForAll("chunks") List<String> chunks) {
    SessionProtocol one = new SessionProtocol(CLOCK, () -> connected);
    long before = 0;
    for (String chunk : chunks) {
      Answer answer = one.read(ByteBuffer.wrap(chunk.getBytes(UTF_8)));
      long lines = chunk.chars().filter(c -> c == '\n').count();
      long expected = lines > 0 ? lines : chunk.isEmpty() ? 0 : 1;
      long answered = one.messages() - before;
      assertTrue(answer.last() ? answered <= expected : answered == expected);
      if (answer.last()) {
        return;
      }
      before = one.messages();
    }
  }

  /** Every answer is one of the two forms, with one of the three ends. */
  @Property(tries = 500, seed = "4202611")
  void answersHaveNoOtherForm(@ForAll("chunks") List<String> chunks) {
    String answers = answers(chunks);
    String form = "(04/01/2026 21:04:09 )?62 secs(\r?\n)?";
    assertTrue(answers.matches("(" + form + ")*"), answers);
  }

  private String answers(List<String> reads) {
    SessionProtocol one = new SessionProtocol(CLOCK, () -> connected);
    String read =
        reads.stream()
            .map(chunk -> text(one.read(ByteBuffer.wrap(chunk.getBytes(UTF_8)))))
            .collect(Collectors.joining());
    return read + text(one.inputEnded());
  }
}
