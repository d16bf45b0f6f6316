package org.acopio.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.acopio.collect.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes that {@code docs/protocols.md} shows are those that a server takes and sends. */
class DocumentedExchangeTest {
  private static final Path PAGE = Path.of("../../server-config/docs/protocols.md");
  private static final Pattern HEX =
      Pattern.compile("(?<bytes>[0-9a-f]{2}(?: [0-9a-f]{2})*)(?:  .*)?");
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  /** What one side says before the other answers. */
  private record Turn(boolean client, byte[] bytes) {}

  private static String section() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n## Ingest");
    int end = page.indexOf("\n## ", start + 1);
    assertTrue(start > 0, "the page has a section on ingest");
    return end < 0 ? page.substring(start) : page.substring(start, end);
  }

  private static List<Turn> turns() throws IOException {
    List<Turn> turns = new ArrayList<>();
    for (String line : section().lines().toList()) {
      if (line.startsWith("client ") || line.startsWith("server ")) {
        turns.add(new Turn(line.startsWith("client "), new byte[0]));
      }
      Matcher hex = HEX.matcher(line);
      if (hex.matches() && !turns.isEmpty()) {
        Turn turn = turns.remove(turns.size() - 1);
        byte[] more = SPACED.parseHex(hex.group("bytes"));
        turns.add(new Turn(turn.client, new Body().raw(turn.bytes).raw(more).bytes()));
      }
    }
    return turns;
  }

  @Test
  void exchangeOnThePageIsWhatHappens(@TempDir Path folder) throws IOException {
    List<Turn> turns = turns();
    assertTrue(turns.size() >= 14, () -> "turns: " + turns.size());
    try (Server server = new Server(folder, Server.LIMITS)) {
      Recorded line = new Recorded();
      Conversation conversation =
          new Ingest(server.collector, Server.LIMITS)
              .begin(new InetSocketAddress("127.0.0.1", 40_001), line);
      Chances chances = new Chances();
      int answered = 0;
      for (Turn turn : turns) {
        if (turn.client) {
          conversation.received(ByteBuffer.wrap(chances.forServer(turn.bytes)));
        } else {
          byte[] all = line.bytes();
          byte[] answer = Arrays.copyOfRange(all, answered, all.length);
          answered = all.length;
          chances.learn(turn.bytes, answer);
          assertEquals(SPACED.formatHex(turn.bytes), SPACED.formatHex(chances.forPage(answer)));
        }
      }
      assertEquals(answered, line.bytes().length);
    }
  }

  /** What is another in each run: the ticket, the store's id, and the number of the upload. */
  private static final class Chances {
    private final Map<String, String> real = new TreeMap<>();

    void learn(byte[] page, byte[] answer) {
      if (page.length == answer.length && page.length > 4) {
        int type = Byte.toUnsignedInt(answer[4]);
        if (type == 2 + Frame.ANSWER) {
          int ticket = 9;
          int store = ticket + 4 + ByteBuffer.wrap(page).getInt(ticket);
          learnText(page, answer, ticket);
          learnText(page, answer, store);
        } else if (type == 3 + Frame.ANSWER) {
          learn(page, answer, 9 + 6 + 4 + 1, Long.BYTES);
        }
      }
    }

    private void learnText(byte[] page, byte[] answer, int at) {
      learn(page, answer, at + 4, ByteBuffer.wrap(page).getInt(at));
    }

    private void learn(byte[] page, byte[] answer, int at, int length) {
      real.put(hex(page, at, length), hex(answer, at, length));
    }

    private static String hex(byte[] bytes, int at, int length) {
      return SPACED.formatHex(bytes, at, at + length);
    }

    byte[] forServer(byte[] page) {
      String hex = SPACED.formatHex(page);
      for (Map.Entry<String, String> one : real.entrySet()) {
        hex = hex.replace(one.getKey(), one.getValue());
      }
      return SPACED.parseHex(hex);
    }

    byte[] forPage(byte[] answer) {
      String hex = SPACED.formatHex(answer);
      for (Map.Entry<String, String> one : real.entrySet()) {
        hex = hex.replace(one.getValue(), one.getKey());
      }
      return SPACED.parseHex(hex);
    }
  }

  // ------------------------------------------------------------------- codes

  @Test
  void pageHasEveryErrorCode() throws IOException {
    String section = section();
    for (Fault fault : Fault.values()) {
      String row =
          "| " + fault.code() + " | `" + fault.name() + "` | " + (fault.retryable() ? "yes" : "no");
      assertTrue(section.contains("\n" + row), () -> "missing: " + row);
    }
    long rows =
        section
            .lines()
            .filter(line -> line.matches("\\| \\d+ \\| `[A-Z_]+` \\| (yes|no).*"))
            .count();
    assertEquals(Fault.values().length, rows, "rows of codes that do not exist");
  }

  @Test
  void pageHasEveryLimit() throws IOException {
    String section = section();
    for (String limit :
        List.of(
            Conversation.MAX_REQUESTS + " requests",
            Conversation.MAX_READS + " of them",
            Pace.GRACE_SECONDS + " s",
            "1,024 bytes")) {
      assertTrue(section.contains(limit), () -> "missing: " + limit);
    }
    assertEquals(1_024, Pace.BYTES_PER_SECOND);
    assertEquals("ACOPIO", new String(FrameConnection.GREETING, 0, 6, StandardCharsets.US_ASCII));
  }
}
