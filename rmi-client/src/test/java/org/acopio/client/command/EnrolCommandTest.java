package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.acopio.client.scan.OwnerOnly;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;
import org.acopio.remote.EnrolmentCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Enrolling, and what commands do with the identity that comes of it. */
class EnrolCommandTest {
  private static final String CODE =
      EnrolmentCode.of(new byte[] {1}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).text();

  @TempDir Path temporary;
  private final Cli cli = new Cli();
  private Path home;
  private Path journal;

  @BeforeEach
  void makeHome() throws Exception {
    home = Files.createDirectories(temporary.toRealPath().resolve("home"));
    Files.write(home.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
    journal = temporary.toRealPath().resolve("journal");
  }

  private int enrol(String code, String... more) {
    String[] words = {"enrol", code, "--server", "store:77", "--journal", journal.toString()};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return cli.run(all);
  }

  private int collect(String... more) {
    return cli.runCollect(home, temporary, more);
  }

  private Enrolment.Request asked() {
    return Objects.requireNonNull(cli.servers.enrolment);
  }

  /** As far as commands look at it. */
  private void haveIdentity(String server) throws Exception {
    Path identity = journal.resolve("identity").resolve("0123456789abcdef");
    OwnerOnly.directories(identity);
    OwnerOnly.write(identity.resolve("server"), (server + "\n").getBytes());
  }

  @Test
  void tellsWhereTheIdentityIs() throws Exception {
    assertEquals(0, enrol(CODE.toLowerCase()));
    assertEquals(
        "This PC is enrolled at store:77. Its identity is in "
            + Path.of("journal", "identity")
            + "\n",
        cli.out());
    assertEquals("", cli.err());
    assertEquals("store:77", String.valueOf(cli.servers.address));
    assertArrayEquals(Files.readAllBytes(journal.resolve("agent.key")), asked().agentKey());
    assertEquals(EnrolCommand.PATIENCE, asked().patience());
    assertFalse(asked().toString().contains(CODE), "the code is a secret");
  }

  @Test
  void programsReadOneObject() {
    assertEquals(0, enrol(CODE, "--json"));
    assertEquals(
        "{\"event\":\"enrolled\",\"server\":\"store:77\",\"agent\":\""
            + "a1".repeat(32)
            + "\",\"authority\":\""
            + "b2".repeat(32)
            + "\",\"directory\":\""
            + Path.of("journal", "identity")
            + "\"}\n",
        cli.out());
  }

  @Test
  void theCodeCanBeTyped() {
    assertEquals(0, cli.piped(CODE + "\n").run("enrol", "-", "--journal", journal.toString()));
    assertEquals("localhost:1099", String.valueOf(cli.servers.address));
    assertEquals("", cli.err());
    cli.person(CODE + "\n");
    assertEquals(0, enrol("-"));
    assertEquals("Enrolment code: ", cli.err());
  }

  @Test
  void whatIsNoCodeIsNotSentAndNotShown() {
    for (String wrong : new String[] {"7777", CODE + "8", CODE.replace(CODE.charAt(2), 'U')}) {
      assertEquals(2, enrol(wrong));
      assertTrue(cli.err().startsWith("acopio: this is no enrolment code"), cli.err());
      assertFalse(cli.err().contains(wrong), cli.err());
    }
    assertEquals(2, cli.piped("").run("enrol", "-", "--journal", journal.toString()));
    assertEquals(2, cli.run("enrol"));
    assertTrue(cli.err().startsWith("acopio: the enrolment code is missing"), cli.err());
    assertEquals(2, collect("--yes", "--enrol", "7777"));
    assertNull(cli.servers.enrolment);
    assertFalse(Files.exists(journal));
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerTrouble.Code.class,
      names = {
        "CODE_UNKNOWN",
        "TOO_MANY_ATTEMPTS",
        "OTHER_SERVER_THAN_CODE",
        "OTHER_AUTHORITY",
        "KEY_REVOKED",
        "NOT_ENROLLED"
      })
  void refusalsHaveACodeAndWordsInBothLanguages(ServerTrouble.Code code) {
    cli.servers.fail(SendException.Kind.REFUSED, code);
    assertEquals(4, enrol(CODE));
    String english = cli.err();
    assertTrue(english.contains("store:77"), english);
    assertEquals(4, cli.spanish().run("enrol", CODE, "--journal", journal.toString()));
    assertFalse(cli.err().equals(english), english);
    assertEquals(4, enrol(CODE, "--json"));
    String stable = code.name().toLowerCase().replace('_', '-');
    assertTrue(cli.out().startsWith("{\"event\":\"error\",\"code\":\"" + stable + "\""), cli.out());
    assertTrue(cli.out().endsWith(",\"exit\":4}\n"), cli.out());
  }

  @Test
  void somebodyInBetweenIsAWarning() {
    cli.servers.fail(SendException.Kind.REFUSED, ServerTrouble.Code.OTHER_SERVER_THAN_CODE);
    assertEquals(4, enrol(CODE));
    assertTrue(cli.err().contains("WARNING: "), cli.err());
    assertTrue(cli.err().contains("somebody may be in between"), cli.err());
  }

  @Test
  void theFirstRunOfAnInvitedPcIsOneCommand() throws Exception {
    assertEquals(0, collect("--yes", "--server", "store:77", "--enrol", CODE));
    assertTrue(cli.out().startsWith("This PC is enrolled at store:77."), cli.out());
    assertEquals(1, cli.servers.received.size());
    assertEquals(CollectOptions.PATIENCE, asked().patience());

    cli.servers.enrolment = null;
    haveIdentity("store:77");
    assertEquals(0, collect("--yes", "--server", "Store:77", "--enrol", CODE, "--json"));
    assertNull(cli.servers.enrolment, "it is enrolled there");
    assertEquals(0, collect("--yes", "--server", "other", "--enrol", CODE));
    assertEquals("other:1099", String.valueOf(cli.servers.address));
    assertFalse(asked().identities().has(ServerAddress.parse("other")));
  }

  @Test
  void aDryRunEnrolsNobody() {
    assertEquals(0, collect("--dry-run", "--enrol", CODE));
    assertNull(cli.servers.enrolment);
  }

  @Test
  void aRefusedEnrolmentEndsTheRun() {
    cli.servers.fail(SendException.Kind.REFUSED, ServerTrouble.Code.CODE_UNKNOWN);
    assertEquals(4, collect("--yes", "--enrol", CODE, "--json"));
    assertTrue(cli.out().contains("\"code\":\"code-unknown\""), cli.out());
    assertEquals(0, cli.servers.open);
  }

  @Test
  void questionsUseTheIdentityBesideTheJournal() throws Exception {
    haveIdentity("store:77");
    for (String command : new String[] {"status", "parity"}) {
      assertEquals(0, cli.run(command, "--journal", journal.toString()));
      assertTrue(
          Objects.requireNonNull(cli.servers.identities).has(new ServerAddress("store", 77)));
    }
  }

  @Test
  void aCopyIsToldOnceAndKeepsItsOwnKey() throws Exception {
    byte[] own = new byte[32];
    Arrays.fill(own, (byte) 5);
    cli.servers.checkIn = listener -> listener.toldApart(own);
    assertEquals(0, collect("--yes"));
    assertEquals(
        "acopio: another PC goes on with the identity that was in "
            + journal
            + ", as after a copied disk; this PC got its own, and counts as a new one from now"
            + " on\n",
        cli.err());
    assertArrayEquals(own, Files.readAllBytes(journal.resolve("agent.key")));
    assertEquals(0, collect("--yes", "--json"));
    assertTrue(
        cli.out().contains("{\"event\":\"notice\",\"kind\":\"identity-cloned\",\"problem\":false,"),
        cli.out());
  }

  @Test
  void aNewKeyIsToldToProgramsOnly() {
    cli.servers.checkIn = listener -> listener.rekeyed();
    assertEquals(0, collect("--yes"));
    assertEquals("", cli.err());
    assertEquals(0, collect("--yes", "--json"));
    assertTrue(cli.out().contains("\"kind\":\"identity-rekeyed\""), cli.out());
  }

  @Test
  void anIdentityThatCannotBeWrittenIsANotice() {
    cli.servers.checkIn = listener -> listener.identityNotWritten(journal, "No space left");
    assertEquals(0, collect("--yes"));
    assertTrue(cli.err().contains("could not be written (No space left)"), cli.err());
  }
}
