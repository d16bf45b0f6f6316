package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.Journal;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FileResult.Outcome;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerTrouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {
  private static final byte[] JPEG =
      "\u00ff\u00d8\u00ff\u00e0 and so on".getBytes(StandardCharsets.ISO_8859_1);

  /** Of Linux, in bytes. */
  private static final int LONGEST_PATH = 4095;

  @TempDir Path temporary;
  private final Cli cli = new Cli();
  private Path home;

  @BeforeEach
  void makeHome() throws Exception {
    home = Files.createDirectories(temporary.toRealPath().resolve("home"));
    put("a.jpg", JPEG);
    put("note.txt", "text".getBytes(StandardCharsets.UTF_8));
  }

  private Path put(String name, byte[] content) throws Exception {
    Path file = Files.write(home.resolve(name), content);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private int collect(String... more) {
    return cli.runCollect(home, temporary, more);
  }

  @Test
  void sendsWhatItFoundAndSumsUp() {
    assertEquals(0, collect("--yes", "--server", "store:77", "--lanes", "3", "--patience", "9"));
    assertEquals(
        "  images: 1 (14 B)\n"
            + "Items in the list: 1\n"
            + "Stored now: 1 (14 B)\n"
            + "On the server before: 0\n"
            + "Did not arrive: 0\n"
            + "Sent: 14 B in 1.25 s\n"
            + "Everything that was found is on the server.\n",
        cli.out());
    assertEquals("", cli.err());
    assertEquals("store:77", String.valueOf(cli.servers.address));
    assertEquals(3, cli.servers.options.lanes());
    assertEquals(9, cli.servers.options.patience().toSeconds());
    assertEquals(32, cli.servers.options.agentKey().length);
    assertFalse(cli.servers.options.hostName().isBlank());
    assertEquals(0, cli.servers.open);
  }

  @Test
  void speaksSpanishAsTheOldClientDid() {
    assertEquals(0, cli.spanish().person("\n").runCollect(home, temporary, "-v"));
    assertTrue(cli.out().contains("Elementos en la lista: 1\n"), cli.out());
    assertTrue(cli.out().contains("a.jpg  longitud: 14  parte: 3\n"), cli.out());
    assertTrue(cli.out().contains("Pulse Intro"), cli.out());
  }

  @Test
  void enterSendsAndNoCancels() {
    assertEquals(0, cli.person("\n").runCollect(home, temporary));
    assertEquals(1, cli.servers.received.size());
    cli.servers.received.clear();
    for (String answer : new String[] {"n\n", "No\n", "no", ""}) {
      assertEquals(130, cli.person(answer).runCollect(home, temporary), answer);
      assertTrue(cli.err().contains("cancelled; nothing was sent"), cli.err());
      assertEquals(0, cli.servers.received.size());
      assertEquals(0, cli.servers.open);
    }
  }

  @Test
  void nobodyToAskIsAUsageError() {
    assertEquals(2, cli.piped("\n").runCollect(home, temporary));
    assertTrue(cli.err().contains("--yes"), cli.err());
    assertEquals(0, cli.servers.received.size());
  }

  @Test
  void memoryThatRunsOutOnTheWayIsSaidWithTheRemedy() {
    Error heap = new OutOfMemoryError("Java heap space");
    cli.servers.checkIn =
        listener -> {
          throw heap;
        };
    assertEquals(1, collect("--yes"));
    assertTrue(cli.err().startsWith("acopio: this takes more memory than the "), cli.err());
    assertTrue(cli.err().contains("ACOPIO_JAVA_OPTS=-Xmx"), cli.err());
    assertEquals(0, cli.servers.open);
    cli.servers.checkIn =
        listener -> {
          throw new IllegalStateException("a part of the agent failed", heap);
        };
    assertEquals(1, collect("--yes", "--json"));
    assertTrue(cli.out().contains("{\"event\":\"error\",\"code\":\"partial\""), cli.out());
    assertTrue(cli.out().endsWith(",\"exit\":1}\n"), cli.out());
    assertEquals(1, cli.spanish().runCollect(home, temporary, "--yes"));
    assertTrue(cli.err().contains("pide más memoria que los "), cli.err());
    cli.servers.checkIn =
        listener -> {
          throw new IllegalStateException("something else");
        };
    assertThrows(IllegalStateException.class, () -> collect("--yes"));
  }

  @Test
  void dryRunSendsNothing() {
    assertEquals(0, collect("--dry-run", "-v"));
    assertEquals(
        "  images: 1 (14 B)\nItems in the list: 1\n"
            + home.resolve("a.jpg")
            + "\nNothing was sent. It would be up to 14 B.\n",
        cli.out());
    assertEquals(0, collect("--dry-run", "--json"));
    assertTrue(cli.out().contains("\"result\":\"found\",\"type\":\"image/jpeg\"}\n"), cli.out());
    assertEquals(0, cli.servers.received.size());
  }

  @Test
  void jsonIsOneObjectALine() {
    assertEquals(0, collect("--yes", "--json", "--server", "127.0.0.1"));
    String path = home.resolve("a.jpg").toString();
    assertEquals(
        "{\"event\":\"found\",\"roots\":[\""
            + home
            + "\"],\"files\":1,\"bytes\":14,\"kinds\":{\"image\":{\"files\":1,\"bytes\":14},"
            + "\"pdf\":{\"files\":0,\"bytes\":0},\"audio\":{\"files\":0,\"bytes\":0},"
            + "\"video\":{\"files\":0,\"bytes\":0}}}\n"
            + "{\"event\":\"file\",\"path\":\""
            + path
            + "\",\"bytes\":14,\"result\":\"stored\",\"sha256\":\""
            + "00".repeat(31)
            + "07\",\"storedAs\":\"127.0.0.1/a.jpg\",\"version\":1}\n"
            + "{\"event\":\"summary\",\"server\":\"127.0.0.1:1099\",\"files\":1,\"bytes\":14,"
            + "\"stored\":1,\"storedBytes\":14,\"have\":0,\"refused\":0,\"changed\":0,"
            + "\"unreadable\":0,\"failed\":0,\"problems\":0,\"sentBytes\":14,\"seconds\":1.25,"
            + "\"exit\":0}\n",
        cli.out());
    assertEquals("", cli.err());
  }

  @Test
  void whatDidNotArriveIsNamedWithItsReason() {
    cli.servers.outcome = Outcome.REFUSED;
    assertEquals(1, collect("--yes"));
    assertTrue(
        cli.out()
            .contains(
                "Did not arrive: 1\nSent: 14 B in 1.25 s\nThese files did not arrive:\n  "
                    + home.resolve("a.jpg")
                    + ": refused: the server does not take it: because \"so\"\n"),
        cli.out());
    assertEquals(1, collect("--yes", "--json"));
    assertTrue(
        cli.out()
            .contains(
                "\"result\":\"refused\",\"code\":\"other\",\"reason\":\"the server does not take"
                    + " it: because \\\"so\\\"\",\"detail\":\"because \\\"so\\\"\"}\n"),
        cli.out());
  }

  /** A path longer than the system opens: unreadable for root too. */
  @Test
  void fileThatCannotBeReadIsInTheSummaryAndTheRestGoesOn() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only where it is known what is too long");
    String name = "p".repeat(250) + ".jpg";
    Path folder = home;
    while (folder.toString().length() < LONGEST_PATH - 250) {
      folder = Files.createDirectory(folder.resolve("d".repeat(240)));
    }
    shell("cd -P \"$1\" && : > \"$2\"", folder.toString(), name);
    try {
      assertUnreadable(
          "unreadable-file",
          folder.resolve(name),
          "the system says: File name too long",
          "File name too long");
    } finally {
      // Nobody can say its path.
      shell("cd -P \"$1\" && rm \"$2\"", folder.toString(), name);
    }
  }

  @Test
  void fileThatMayNotBeReadIsInTheSummaryAndTheRestGoesOn() throws Exception {
    assumeTrue(File.separatorChar == '/', "only where files have such rights");
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path closed = put("closed.jpg", JPEG);
    Files.setPosixFilePermissions(closed, Set.of());
    String remedy = "permission denied; let this user read it, or leave it out";
    assertUnreadable("denied-file", closed, remedy, remedy);
  }

  private void assertUnreadable(String kind, Path file, String summary, String told) {
    assertEquals(1, collect("--yes"));
    assertEquals(
        "  images: 1 (14 B)\n"
            + "Items in the list: 1\n"
            + "Stored now: 1 (14 B)\n"
            + "On the server before: 0\n"
            + "Did not arrive: 1\n"
            + "Sent: 14 B in 1.25 s\n"
            + "These files did not arrive:\n  "
            + file
            + ": cannot be read: "
            + summary
            + "\nNot everything is on the server. Run the same command again to try the rest.\n",
        cli.out());
    assertEquals("acopio: cannot read " + file + ": " + told + "\n", cli.err());
    assertEquals(1, collect("--yes", "--json"));
    assertTrue(
        cli.out()
            .contains(
                "{\"event\":\"notice\",\"kind\":\""
                    + kind
                    + "\",\"problem\":true,\"path\":\""
                    + file),
        cli.out());
    assertTrue(cli.out().contains("\"unreadable\":1,\"failed\":0,\"problems\":1,"), cli.out());
    assertTrue(cli.out().endsWith("\"exit\":1}\n"), cli.out());
  }

  /** Names that a path is too long for. */
  private static void shell(String line, String... values) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    command.addAll(List.of(values));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void eachWayToFailHasItsCode() {
    for (Outcome outcome : Outcome.values()) {
      cli.servers.outcome = outcome;
      assertEquals(outcome.safe() ? 0 : 1, collect("--yes"), outcome.name());
    }
    cli.servers.fail(SendException.Kind.UNREACHABLE, ServerTrouble.Code.RESTARTED);
    assertEquals(3, collect("--yes"));
    assertTrue(cli.err().contains("next try in 0.250 s (attempt 1)"), cli.err());
    assertTrue(cli.err().contains("acopio: the server at store:77 was started anew"), cli.err());
    assertEquals(3, collect("--yes", "--json"));
    assertTrue(
        cli.out()
            .endsWith(
                "{\"event\":\"waiting\",\"attempt\":1,\"seconds\":0.25,\"left\":9,"
                    + "\"code\":\"restarted\",\"reason\":\"the server at store:77 was started"
                    + " anew\",\"detail\":\"their words\"}\n"
                    + "{\"event\":\"error\",\"code\":\"restarted\",\"message\":\"the server at"
                    + " store:77 was started anew (tried 3 times in 9 s)\","
                    + "\"detail\":\"their words\",\"exit\":3}\n"),
        cli.out());
    cli.servers.fail(SendException.Kind.REFUSED, ServerTrouble.Code.VERSION_MISMATCH);
    assertEquals(4, collect("--yes"));
    cli.servers.fail(SendException.Kind.INTERRUPTED, ServerTrouble.Code.INTERRUPTED);
    assertEquals(130, collect("--yes"));
    assertEquals(0, cli.servers.open);
  }

  @Test
  void missingDirectoryIsNamed() {
    assertEquals(2, cli.run("collect", "/no/such/place", "--yes"));
    assertEquals("acopio: there is no file or directory '/no/such/place'\n", cli.err());
    assertEquals(2, collect("--yes", "--lanes", "65"));
    assertTrue(cli.err().contains("from 1 to 64"), cli.err());
  }

  @Test
  void journalInUseIsNamedWithTheRemedy() throws Exception {
    Journal other = Journal.open(temporary.resolve("journal"), Clock.systemUTC(), notice -> {});
    assertEquals(2, collect("--yes"));
    other.close();
    assertTrue(cli.err().contains("another acopio (process "), cli.err());
    assertTrue(cli.err().contains("--journal"), cli.err());
    assertEquals(0, collect("--yes"));
  }

  @Test
  void nothingFoundAsksNothing() throws Exception {
    Files.delete(home.resolve("a.jpg"));
    assertEquals(0, cli.person("").runCollect(home, temporary));
    assertTrue(cli.out().startsWith("Items in the list: 0\nStored now: 0"), cli.out());
  }

  @Test
  void digestsAreRememberedForTheNextRun() throws Exception {
    // The run must begin later than the last change of the file, by more than a tick of the clock.
    Instant changed = changed(home.resolve("a.jpg"));
    while (Instant.now().isBefore(changed.plusMillis(60))) {
      Thread.onSpinWait();
    }
    assertEquals(0, collect("--yes"));
    assertTrue(cli.servers.received.get(0).knownDigest().isEmpty());
    assertEquals(0, collect("--yes"));
    assertEquals(7, cli.servers.received.get(1).knownDigest().orElseThrow()[31]);
  }

  @Test
  void fileThatChangedOnTheWayIsKnownInTheNextRun() throws Exception {
    Path file = home.resolve("a.jpg");
    cli.servers.meanwhile = found -> changedSince(found, "2020-02-02T00:00:00Z");
    assertEquals(0, collect("--yes"));
    cli.servers.meanwhile = found -> found;
    assertEquals(0, collect("--yes"));
    MediaFile second = cli.servers.received.get(1);
    assertEquals(FileStamp.of(file), second.stamp());
    assertEquals(7, second.knownDigest().orElseThrow()[31]);
  }

  private static MediaFile changedSince(MediaFile found, String modified) {
    try {
      Files.write(found.path(), new byte[] {1}, StandardOpenOption.APPEND);
      Files.setLastModifiedTime(found.path(), FileTime.from(Instant.parse(modified)));
      return new MediaFile(
          found.root(),
          found.path(),
          found.wirePath(),
          FileStamp.of(found.path()),
          found.mediaType(),
          found.kind(),
          Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant changed(Path file) throws Exception {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return unix ? ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant() : Instant.now();
  }

  @Test
  void progressIsForScreensOnly() {
    assertEquals(0, cli.screen().runCollect(home, temporary, "--yes"));
    assertTrue(cli.err().startsWith("\r\u001b[K"), cli.err());
    assertFalse(cli.out().contains("\u001b"), cli.out());
  }

  @Test
  void namesCannotSpeakToTheScreen() throws Exception {
    assumeTrue(File.separatorChar == '/', "only where such names can be");
    put("line\nend \u001b[31m.jpg", JPEG);
    assertEquals(0, collect("--dry-run", "-v"));
    assertTrue(cli.out().contains("line\\nend \\x1b[31m.jpg\n"), cli.out());
    assertEquals(0, collect("--dry-run", "--json"));
    assertTrue(cli.out().contains("line\\nend \\u001b[31m.jpg\""), cli.out());
  }
}
