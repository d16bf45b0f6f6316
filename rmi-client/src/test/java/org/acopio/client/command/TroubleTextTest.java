package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.acopio.client.send.FileResult.Outcome;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads in Spanish when something goes wrong. */
class TroubleTextTest {
  @TempDir Path temporary;
  private final Cli cli = new Cli().spanish();

  /** Runs a collection of one file of four bytes. */
  private int collect(String... more) throws Exception {
    Path home = Files.createDirectories(temporary.toRealPath().resolve("home"));
    Files.write(home.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
    return cli.runCollect(home, temporary, more);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void nobodyThereIsWaitedForAndThenTold() throws Exception {
    String server = "127.0.0.1:" + freePort();
    String trouble =
        "acopio: ningún servidor responde en "
            + server
            + "; revise la dirección y que esté en marcha";
    assertEquals(3, cli.network().run("status", "--server", server, "--patience", "1"));
    String[] lines = cli.err().split("\n");
    assertTrue(
        lines[0].startsWith(
            trouble + ". Se espera hasta 1 s más (Ctrl-C detiene la espera); otro intento en 0,"),
        lines[0]);
    assertTrue(lines[0].endsWith(" s (intento 1)"), lines[0]);
    String last = lines[lines.length - 1];
    assertEquals(trouble + " (se intentó " + lines.length + " veces en 1 s)", last);
    assertEquals(3, collect("--yes", "--server", server, "--patience", "0"));
    assertEquals(trouble + "\n", cli.err());
    assertEquals("", cli.out().replaceAll("(?s).*Elementos en la lista: 1\n", ""));
  }

  @Test
  void programsReadCodesAndEnglish() throws Exception {
    String server = "127.0.0.1:" + freePort();
    assertEquals(3, cli.network().run("status", "--json", "--server", server, "--patience", "0"));
    assertTrue(
        cli.out()
            .startsWith(
                "{\"event\":\"error\",\"code\":\"no-answer\",\"message\":\"no server answers at "
                    + server),
        cli.out());
    assertEquals(2, cli.run("collect", "--json", "--lanes", "x"));
    assertTrue(cli.out().contains("\"code\":\"usage\",\"message\":\"--lanes is 'x'"), cli.out());
  }

  @Test
  void otherVersionNamesBoth() throws Exception {
    cli.servers.fail(SendException.Kind.REFUSED, ServerTrouble.Code.VERSION_MISMATCH);
    assertEquals(4, collect("--yes"));
    assertEquals(
        "acopio: el servidor en store:77 habla la versión 5 del protocolo y este agente la 4;"
            + " instale el agente que vino con el servidor\n",
        cli.err());
  }

  private void assertMissing(Outcome outcome, FileTrouble.Code code, String words)
      throws Exception {
    cli.servers.outcome = outcome;
    cli.servers.code = code;
    assertEquals(1, collect("--yes"));
    assertTrue(cli.out().contains("a.jpg: " + words + "\n"), cli.out());
  }

  @Test
  void filesThatDidNotArriveAreNamedWithTheRemedy() throws Exception {
    assertMissing(
        Outcome.FAILED,
        FileTrouble.Code.STORE_FULL,
        "el servidor no pudo guardarlo: el almacén no tiene sitio para sus 4 B aparte de su"
            + " reserva; haga sitio en el servidor, o baje allí acopio.collect.reserve-bytes, y"
            + " repita (detalle: because \"so\")");
    assertMissing(
        Outcome.REFUSED,
        FileTrouble.Code.NOT_MEDIA,
        "rechazado: su contenido no es imagen, ni PDF, ni audio, ni vídeo; solo esos se recogen");
    assertMissing(
        Outcome.REFUSED,
        FileTrouble.Code.TOO_LARGE,
        "rechazado: tiene 4 B, más de lo que el servidor acepta; suba allí"
            + " acopio.collect.max-file-bytes para recogerlo (detalle: because \"so\")");
    assertMissing(
        Outcome.UNREADABLE,
        FileTrouble.Code.DENIED,
        "no se puede leer: permiso denegado; deje que este usuario lo lea, o déjelo fuera");
  }

  /**
   * Words of others are for what has no words of its own, and for a limit whose numbers only they
   * know.
   */
  @Test
  void detailIsShownForWhatIsNotKnownHereAndForLimits() {
    TroubleText text = new TroubleText(Messages.of(Locale.forLanguageTag("es")));
    for (FileTrouble.Code code : FileTrouble.Code.values()) {
      boolean shown =
          switch (code) {
            case OTHER, WRONG_RECEIPT, UNREADABLE -> true;
            case TOO_LARGE, BAD_PATH, STORE_FULL, TOO_MANY_OPEN -> true;
            default -> false;
          };
      String words = text.of(new FileTrouble(code, 1, 2, "their words"));
      assertEquals(shown, words.contains("their words"), words);
      assertFalse(words.contains("{"), words);
    }
    ServerAddress server = new ServerAddress("store", 77);
    for (ServerTrouble.Code code : ServerTrouble.Code.values()) {
      String words = text.of(new ServerTrouble(code, server, 1, 0, "their words"));
      boolean shown =
          switch (code) {
            case CONNECTION_FAILED,
                OTHER,
                IDENTITY_DAMAGED,
                IDENTITY_TOO_OPEN,
                IDENTITY_NOT_WRITTEN ->
                true;
            case TOO_MANY_COLLECTIONS, TOO_MUCH -> true;
            default -> false;
          };
      assertEquals(shown, words.contains("their words"), words);
      assertFalse(words.contains("{"), words);
    }
  }

  @Test
  void limitIsToldWithTheNumbersOfTheServerAndNoMoreThanThat() {
    TroubleText text = new TroubleText(Messages.of(Locale.ENGLISH));
    String limit =
        "it has 9 B, more than the server takes; raise acopio.collect.max-file-bytes there"
            + " to collect it";
    assertEquals(limit, text.of(tooLarge("")));
    assertEquals(
        limit + " (detail: the file has 9 bytes; this server takes up to 8)",
        text.of(tooLarge("the file has 9 bytes; this server takes up to 8")));
    assertEquals(limit + " (detail: a\\n\\x1b[31m)", text.of(tooLarge("a\n\u001b[31m")));
    String most = "x" + "\ud83d\udcf7".repeat(149);
    assertEquals(
        limit + " (detail: " + most + "…)", text.of(tooLarge(most + "\ud83d\udcf7".repeat(2))));
  }

  private static FileTrouble tooLarge(String detail) {
    return new FileTrouble(FileTrouble.Code.TOO_LARGE, 9, 1, detail);
  }

  @Test
  void helpTellsHowLongAServerIsWaitedFor() {
    for (Cli each : new Cli[] {new Cli(), new Cli().spanish()}) {
      assertDefault(each, "collect", CollectOptions.PATIENCE);
      assertDefault(each, "enrol", EnrolCommand.PATIENCE);
      assertDefault(each, "parity", ParityCommand.PATIENCE);
      assertDefault(each, "status", StatusCommand.PATIENCE);
      assertDefault(each, "echo", TalkOptions.TIMEOUT);
      assertDefault(each, "session", TalkOptions.TIMEOUT);
    }
  }

  private static void assertDefault(Cli cli, String command, Duration patience) {
    assertEquals(0, cli.run(command, "--help"));
    String help = cli.out().replaceAll("\\s+", " ");
    String value = ": " + patience.toSeconds() + ".";
    int option = Math.max(help.indexOf("--patience="), help.indexOf("--timeout="));
    assertTrue(help.substring(option).contains(value), help);
  }

  @Test
  void documentsTellHowLongAServerIsWaitedFor() throws Exception {
    String value = CollectOptions.PATIENCE.toSeconds() + " s";
    for (String name :
        new String[] {"README.md", "README.es.md", "server-config/docs/operations.md"}) {
      String text = Files.readString(Path.of("..").resolve(name));
      assertTrue(
          text.lines().anyMatch(line -> line.contains("--patience") && line.contains(value)), name);
    }
  }
}
