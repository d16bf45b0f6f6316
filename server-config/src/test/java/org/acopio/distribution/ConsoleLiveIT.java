package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.EndpointsPage;
import org.acopio.console.FirstSeen;
import org.acopio.console.SessionsPage;
import org.acopio.console.TransfersPage;
import org.acopio.console.TrialPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What happens on the server, seen happening in a real browser. */
class ConsoleLiveIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final int PART = 300_000;

  @TempDir Path temp;

  private static byte[] picture(long seed) {
    byte[] content = new byte[4 * PART];
    new Random(seed).nextBytes(content);
    byte[] head = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  @Test
  void aFileIsSeenArrivingInFourParts() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "transfers");
    TransfersPage page = new TransfersPage(browser);
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender sender = new StepwiseSender(ingest, "el PC de Íñigo", key(7))) {
      StepwiseSender.Sending sending =
          sender.offer("/home/íñigo/Fotos/tarta.jpg", "image/jpeg", picture(7));
      TransfersPage.Arriving file = page.file("tarta.jpg");
      WebElement card = page.collection("el PC de Íñigo");
      assertTrue(card.getText().contains("127.0.0.1"));
      assertTrue(card.getText().contains("Remaining of what was offered so far"), card::getText);
      assertEquals(List.of(0, 0, 0, 0), file.percent());
      assertEquals(List.of("waiting", "waiting", "waiting", "waiting"), file.states());

      sending.some(0, PART / 3);
      file.await(List.of(33, 0, 0, 0));
      assertEquals("arriving", file.states().get(0));
      sending.rest(0);
      file.await(List.of(100, 0, 0, 0));
      assertEquals(List.of("complete", "waiting", "waiting", "waiting"), file.states());
      assertTrue(file.text().contains(Integer.toString(sender.port())), file::text);
      browser.await("bars that are drawn", () -> file.drawn().equals(List.of(100, 0, 0, 0)));

      browser.find("#collections .left", ":");
      assertTrue(browser.find("#collections .left").getText().matches("(\\d+:)+\\d\\d"));

      sending.rest(2);
      file.await(List.of(100, 0, 100, 0));
      sending.rest(1);
      sending.rest(3);
      file.await(List.of(100, 100, 100, 100));
      browser.find("#collections .left", "all here");
      sending.finish();
      page.awaitGone("tarta.jpg");
      sender.end();
    }
  }

  @Test
  void aClientIsSeenComingAndWhatItDoesAndGoing() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    int port = CONSOLE.process().tcpPorts("session-selector").get(0);
    int client;
    try (TcpClient connected = TcpClient.to(port)) {
      client = connected.port();
      WebElement row = page.row(client);
      assertEquals("127.0.0.1", SessionsPage.cell(row, "address"));
      assertEquals(Integer.toString(port), SessionsPage.cell(row, "local-port"));
      assertTrue(SessionsPage.cell(row, "since").matches("\\d{1,2}:\\d{2}:\\d{2} [AP]M"));
      assertEquals("0", SessionsPage.cell(row, "messages"));
      connected.send("hola\n").textUpTo("\n");
      page.awaitCell(client, "messages", "1");
      int before = page.seconds(client);
      browser.await("a duration that ticks", () -> page.seconds(client) >= before + 2);
      page.search(":" + port);
      page.row(client);
    }
    page.awaitGone(client);
  }

  @Test
  void theAdministratorClosesASessionAfterBeingAsked() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    try (TcpClient client = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0))) {
      page.row(client.port());
      assertTrue(page.fits(), "the button is seen without scrolling");
      page.askToClose(client.port());
      page.answer(false);
      client.send("still here");
      assertArrayEquals("still here".getBytes(StandardCharsets.UTF_8), client.read(10));
      page.askToClose(client.port());
      page.answer(true);
      assertEquals(0, client.readToEnd().length, "the server has closed the connection");
      page.awaitGone(client.port());
    }
  }

  @Test
  void allOfAKindAreClosedAndFoundInTheHistory() throws IOException {
    SessionsPage page = new SessionsPage(CONSOLE.administrator(Look.DESKTOP, "sessions"));
    int queue = CONSOLE.process().tcpPorts("echo-queue").get(0);
    try (TcpClient other = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0));
        TcpClient quiet = TcpClient.to(queue);
        TcpClient loud = TcpClient.to(queue)) {
      loud.send("much");
      loud.read(4);
      page.show("echo-queue");
      page.row(quiet.port());
      page.row(loud.port());
      page.awaitGone(other.port());
      String asked = page.askToCloseAll();
      assertTrue(asked.contains("2"), asked);
      page.answer(false);
      page.row(loud.port());
      page.askToCloseAll();
      page.answer(true);
      assertEquals(0, quiet.readToEnd().length, "the server has closed the connection");
      assertEquals(0, loud.readToEnd().length, "the server has closed the connection");
      page.awaitGone(loud.port());
      other.send("still here");
      assertEquals(10, other.read(10).length);

      page.history();
      page.past(quiet.port());
      page.past(loud.port());
      page.searchHistory(":" + loud.port(), LocalDate.now().minusDays(1));
      page.awaitPast(1);
      String reason = SessionsPage.cell(page.past(loud.port()), "reason");
      assertTrue(reason.contains("administrator"), reason);
      page.searchHistory(":" + queue, LocalDate.now().minusDays(1));
      page.past(quiet.port());
      page.sortHistoryBy("read");
      page.awaitPastOrder(loud.port(), quiet.port());
      page.sortHistoryBy("read");
      page.awaitPastOrder(quiet.port(), loud.port());
      page.searchHistory(":" + queue, LocalDate.now().plusDays(2));
      page.awaitPast(0);
    }
  }

  @Test
  void aPortIsPausedAndResumedAndComparedUnderLoad() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "endpoints");
    EndpointsPage page = new EndpointsPage(browser);
    page.row(CONSOLE.process().httpPort());
    int port = CONSOLE.process().tcpPorts("echo-queue").get(0);
    page.press(port);
    browser.find("dialog[open]");
    browser.click("dialog[open] [data-answer=no]");
    page.awaitPaused(port, false);
    page.press(port);
    browser.click("dialog[open] [data-answer=yes]");
    page.awaitPaused(port, true);
    try (TcpClient turnedAway = TcpClient.to(port)) {
      assertEquals(0, turnedAway.readToEnd().length);
    }
    page.press(port);
    page.awaitPaused(port, false);
    try (TcpClient client = TcpClient.to(port)) {
      client.send("x");
      assertEquals('x', client.read(1)[0]);
    }

    page.load(20, 100, 60);
    page.awaitCompared("p99");
    browser.await("20 connections", () -> page.compared("open", 0).equals("20"));
    page.stopLoad();
    browser.await("no connections", () -> page.compared("open", 1).equals("0"));
    page.awaitCompared("p50");
    assertTrue(browser.find("#load-state").getText().contains("stopped"));
  }

  @Test
  void parityAnEchoAndASessionAreTried() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "trial");
    TrialPage page = new TrialPage(browser);
    page.ask("12345678901234567891");
    page.awaitAnswer("odd");
    assertTrue(page.request().contains("12345678901234567891"), page::request);
    assertTrue(page.request().contains("is_even"), page::request);
    assertTrue(page.response().contains("Impar"), page::response);
    assertTrue(page.exchangeFits(), "the XML is wrapped");
    browser.excuse("/api/parity/4x");
    page.ask("4x");
    page.awaitAnswer("–");
    page.ask("-4");
    page.awaitAnswer("even");

    page.connect(CONSOLE.process().tcpPorts("echo").get(0));
    page.send("¿niño?");
    page.awaitReceived("¿niño?");
    page.disconnect();
    page.connect(CONSOLE.process().tcpPorts("session-thread").get(0));
    page.send("hola");
    page.awaitReceived("secs");
    page.sendWord();
    page.awaitClosed();
  }

  @Test
  void anAgentIsBlockedAfterAQuestionOnly() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "administration?section=agents");
    browser.click("#agents .actions button");
    browser.click(".ui-confirm-dialog .ui-confirmdialog-no");
    browser.await(
        "no question",
        () -> browser.all(".ui-confirm-dialog button").stream().noneMatch(WebElement::isDisplayed));
    browser.find("#agents .tag.good");
    browser.click("#agents .actions button");
    browser.click(".ui-confirm-dialog .ui-confirmdialog-yes");
    browser.find("#agents .tag.bad");
    browser.click("#agents .actions button");
    browser.find("#agents .tag.good");
  }

  @Test
  void aDialogKeepsTheFocusAndGivesItBack() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    try (TcpClient client = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0))) {
      page.row(client.port());
      page.focusOnClose(client.port());
      browser.press(Keys.ENTER);
      browser.find("dialog[open]");
      for (int i = 0; i < 6; i++) {
        assertEquals(true, browser.script(IN_DIALOG), "after " + i + " times Tab");
        browser.press(Keys.TAB);
      }
      browser.press(Keys.ESCAPE);
      browser.await("no dialog", () -> !browser.has("dialog[open]"));
      assertTrue(
          String.valueOf(browser.focused().getAttribute("class")).contains("close"),
          () -> "the focus is on " + browser.focused().getTagName());
      client.send("x");
      assertEquals('x', client.read(1)[0]);
    }
  }

  /** The focus may leave to the browser's own bars, which the document sees as its body. */
  private static final String IN_DIALOG =
      "return document.activeElement === document.body"
          + " || document.querySelector('dialog[open]').contains(document.activeElement)";

  @Test
  void whatHappensIsSeenWithinASecond() throws IOException {
    FirstSeen sessions = new SessionsPage(CONSOLE.viewer(Look.DESKTOP, "sessions")).firstSeen();
    int port = CONSOLE.process().tcpPorts("echo").get(0);
    // The first one lets everything on the way be compiled.
    shownAfterMillis(sessions, port);
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(shownAfterMillis(sessions, port));
    }
    assertWithinASecond("a session", all);
  }

  private static double shownAfterMillis(FirstSeen sessions, int port) throws IOException {
    long begin = System.currentTimeMillis();
    try (TcpClient client = TcpClient.to(port)) {
      return sessions.at(Integer.toString(client.port())) - begin;
    }
  }

  private static void assertWithinASecond(String what, List<Double> millis) {
    double median = millis.stream().sorted().skip(millis.size() / 2).findFirst().orElseThrow();
    assertTrue(median <= 1_000, () -> what + " was shown after these ms: " + millis);
  }

  @Test
  void whatArrivesIsSeenWithinASecond() throws IOException {
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender sender = new StepwiseSender(ingest, "la cámara de Inés", key(95))) {
      bring(sender, "/home/inés/0.jpg", 950);
      Browser list = CONSOLE.viewer(Look.DESKTOP, "clients");
      list.go(URI.create(CONSOLE.page("clients") + "?by=agent&text=In%C3%A9s"));
      list.find("#clients .clients-table td .pc");
      FirstSeen clients = new FirstSeen(list, "#clients .clients-table [data-label=Files]");
      Browser figures = CONSOLE.viewer(Look.DESKTOP, "overview");
      String ever = figures.find("#ever-files", " ").getText();
      FirstSeen overview = new FirstSeen(figures, "#ever-files");
      FirstSeen transfers =
          new FirstSeen(
              CONSOLE.viewer(Look.DESKTOP, "transfers"),
              "#collections .file [role=progressbar]",
              "aria-valuenow");
      List<Double> parts = new ArrayList<>();
      List<Double> files = new ArrayList<>();
      List<Double> rows = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        StepwiseSender.Sending sending =
            sender.offer("/home/inés/" + i + ".jpg", "image/jpeg", picture(950 + i));
        long begun = System.currentTimeMillis();
        sending.some(0, PART / 100 * (40 + i));
        parts.add(transfers.at(Integer.toString(40 + i)) - begun);
        sendAll(sending);
        long ended = System.currentTimeMillis();
        sending.finish();
        files.add(overview.at(more(ever, i)) - ended);
        double row = clients.at(Integer.toString(1 + i));
        rows.add(row - ended);
        // The list is asked for at once, but no more often than every two seconds.
        list.await("a page that rested", () -> System.currentTimeMillis() - row > 2_000);
      }
      // The first ones let everything on the way be compiled.
      assertWithinASecond("a part", parts.subList(1, 6));
      assertWithinASecond("a file on the overview", files.subList(1, 6));
      assertWithinASecond("a file of a PC", rows.subList(1, 6));
      sender.end();
    }
  }

  /** A sentence with a number in it, with a number that is greater by so much. */
  private static String more(String sentence, int by) {
    Matcher number = Pattern.compile("[\\d,]+").matcher(sentence);
    assertTrue(number.find(), sentence);
    int now = Integer.parseInt(number.group().replace(",", "")) + by;
    return number.replaceFirst(String.format(Locale.ENGLISH, "%,d", now));
  }

  private static void sendAll(StepwiseSender.Sending sending) throws IOException {
    for (int part = 0; part < 4; part++) {
      sending.rest(part);
    }
  }

  @Test
  void whatIsReadOfAPcIsNotPulledAwayAndItsFiguresGoOn() throws IOException {
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender sender = new StepwiseSender(ingest, "el PC del faro", key(96))) {
      bring(sender, "/home/faro/1.jpg", 960);
      Browser browser = CONSOLE.viewer(Look.DESKTOP, "clients");
      browser.go(URI.create(CONSOLE.page("clients") + "?by=agent&text=faro"));
      browser.click("#clients .clients-table td .pc");
      browser.find("#clients-detail .figure strong", "1");
      WebElement read = browser.find("#clients-detail .facts a");
      browser.script("arguments[0].focus(); arguments[0].dataset.read = ''", read);
      bring(sender, "/home/faro/2.jpg", 961);
      browser.find("#clients-detail .figure strong", "2");
      assertEquals(read, browser.focused());
      browser.script("arguments[0].blur()", read);
      browser.await(
          "what is read no more to follow", () -> !browser.has("#clients-detail [data-read]"));
      sender.end();
    }
  }

  private static void bring(StepwiseSender sender, String path, long seed) throws IOException {
    StepwiseSender.Sending sending = sender.offer(path, "image/jpeg", picture(seed));
    sendAll(sending);
    sending.finish();
  }

  @Test
  void figuresThatGrowAllTheTimeAreAskedForNowAndThen() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    try (TcpClient client = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0))) {
      page.row(client.port());
      Object begin = browser.script("return performance.now()");
      long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
      browser.await(
          "four seconds of talk",
          () -> {
            client.send("x").read(1);
            return System.nanoTime() > end;
          });
      Number asked =
          (Number)
              browser.script(
                  "return performance.getEntriesByType('resource').filter((one) =>"
                      + " one.startTime > arguments[0] && one.name.includes('/api/sessions?')).length",
                  begin);
      assertTrue(asked != null && asked.intValue() >= 1 && asked.intValue() <= 3, "" + asked);
    }
  }

  @Test
  void onlyWhatASearchFoundIsClosed() throws IOException {
    SessionsPage page = new SessionsPage(CONSOLE.administrator(Look.DESKTOP, "sessions"));
    int port = CONSOLE.process().tcpPorts("echo").get(0);
    try (TcpClient meant = TcpClient.to(port);
        TcpClient other = TcpClient.to(port)) {
      page.row(other.port());
      page.search("127.0.0.1:" + meant.port());
      page.awaitGone(other.port());
      assertEquals("Close those found", page.closeAllWords());
      String asked = page.askToCloseAll();
      assertTrue(asked.contains("1 ") && asked.contains(":" + meant.port()), asked);
      page.answer(true);
      assertEquals(0, meant.readToEnd().length, "the server has closed the connection");
      other.send("still here");
      assertEquals(10, other.read(10).length);
    }
  }

  @Test
  void anAgentIsSeenSendingInFourPartsAndItsPcComesToTheList() throws Exception {
    Path photos = temp.resolve("Fotos");
    new Media(91).jpeg(photos.resolve("río.jpg"), 3_000_000);
    Browser clients = CONSOLE.viewer(Look.DESKTOP, "clients");
    clients.go(URI.create(CONSOLE.page("clients") + "?by=agent"));
    clients.find(".clients-table td .pc");
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "transfers");
    TransfersPage page = new TransfersPage(browser);
    try (UnsteadyLine slow =
            UnsteadyLine.to(
                CONSOLE.process().rmiPort(), Duration.ZERO, 300_000, Duration.ofHours(1));
        AgentProcess agent =
            Collected.start(
                Map.of("COMPUTERNAME", "el portátil del río"),
                slow.address(),
                temp.resolve("journal"),
                photos)) {
      assertTrue(page.collection("el portátil del río").getText().contains("RMI"));
      TransfersPage.Arriving file = page.file("río.jpg");
      browser.await(
          "four parts on their way",
          () -> {
            List<Integer> percent = file.percent();
            return percent.size() == 4
                && percent.stream().anyMatch(done -> done > 0)
                && percent.stream().anyMatch(done -> done < 100);
          });
      page.awaitGone("río.jpg");
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
    }
    clients.find(".clients-table td .pc", "el portátil del río");
  }

  @Test
  void thePageOfAPcFollowsWhatItBrings() throws IOException {
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender sender = new StepwiseSender(ingest, "la torre de Ximena", key(93))) {
      bring(sender, "/home/ximena/faro 1.jpg", 93);
      Browser browser = CONSOLE.viewer(Look.DESKTOP, "clients");
      browser.go(URI.create(CONSOLE.page("clients") + "?by=agent&text=Ximena"));
      browser.click("#clients .clients-table td .pc");
      browser.find("#clients-detail .figure strong", "1");
      browser.find("#clients-folder .leaf", "faro 1.jpg");

      bring(sender, "/home/ximena/faro 2.jpg", 94);
      browser.find("#clients-detail .figure strong", "2");
      assertTrue(browser.text().contains("faro 1.jpg"), "the folder stays open");
      assertFalse(browser.text().contains("faro 2.jpg"), "nothing moves under the reader's eyes");
      browser.click("#clients-folder .chip");
      browser.find("#clients-folder .leaf", "faro 2.jpg");
      sender.end();
    }
  }
}
