package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.SessionsPage;
import org.acopio.console.TransfersPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What happens on the server, seen happening in a real browser. */
class ConsoleLiveIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final int PART = 300_000;

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
      assertTrue(page.collection("el PC de Íñigo").getText().contains("127.0.0.1"));
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

      sending.rest(2);
      file.await(List.of(100, 0, 100, 0));
      sending.rest(1);
      sending.rest(3);
      file.await(List.of(100, 100, 100, 100));
      sending.finish();
      page.awaitGone("tarta.jpg");
      sender.end();
    }
  }

  @Test
  void aClientIsSeenComingAndWhatItDoesAndGoing() throws IOException {
    SessionsPage page = new SessionsPage(CONSOLE.viewer(Look.DESKTOP, "sessions"));
    int port = CONSOLE.process().tcpPorts("session-selector").get(0);
    int client;
    try (TcpClient connected = TcpClient.to(port)) {
      client = connected.port();
      WebElement row = page.row(client);
      assertEquals("127.0.0.1", SessionsPage.cell(row, "address"));
      assertEquals("0", SessionsPage.cell(row, "messages"));
      connected.send("hola\n").textUpTo("\n");
      page.awaitCell(client, "messages", "1");
    }
    page.awaitGone(client);
  }

  @Test
  void theAdministratorClosesASessionAfterBeingAsked() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    try (TcpClient client = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0))) {
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
    SessionsPage page = new SessionsPage(CONSOLE.viewer(Look.DESKTOP, "sessions"));
    int port = CONSOLE.process().tcpPorts("echo").get(0);
    // The first one lets everything on the way be compiled.
    seenAfterMillis(page, port);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      best = Math.min(best, seenAfterMillis(page, port));
    }
    assertTrue(best <= 1_000, "the quickest of five was seen after " + best + " ms");
  }

  private static long seenAfterMillis(SessionsPage page, int port) throws IOException {
    long begin = System.nanoTime();
    try (TcpClient client = TcpClient.to(port)) {
      page.row(client.port());
      return (System.nanoTime() - begin) / 1_000_000;
    }
  }
}
