package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LibraryPage;
import org.acopio.console.SessionsPage;
import org.acopio.console.TransfersPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the pictures of the documentation. No test of the product, so it runs only when it is asked
 * for: {@code ./mvnw verify -Dit.test=Screenshots -Dtest=NONE}.
 */
class Screenshots {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final Path IMAGES = Path.of("docs", "images");
  private static final long MOST_BYTES = 150_000;
  private static final int PART = 6_000_000;

  @Test
  void everyPage() throws IOException {
    List<TcpClient> clients = clients();
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender pc = new StepwiseSender(ingest, "recepción-02", key(1));
        StepwiseSender laptop = new StepwiseSender(ingest, "laptop-maria", key(2))) {
      send(pc, "/home/ana/Vídeos/entrega de premios.mp4", 1, 1.0, 0.55, 0, 0);
      send(pc, "/home/ana/Fotos/2026 Feria/DSC_0412.jpg", 2, 1.0, 1.0, 0.3, 0);
      send(laptop, "/Users/maria/Pictures/Cádiz/IMG_2207.jpg", 3, 1.0, 1.0, 1.0, 0.7);
      send(laptop, "/Users/maria/Pictures/Cádiz/IMG_2208.jpg", 4, 0.4, 0, 0, 0);
      takeAll(CONSOLE.administrator(Look.DESKTOP, "overview"));
      takeOthers();
    }
    for (TcpClient client : clients) {
      client.close();
    }
  }

  private static void takeAll(Browser browser) throws IOException {
    take(browser, "overview");
    browser.go(CONSOLE.page("transfers"));
    new TransfersPage(browser).file("IMG_2208.jpg");
    take(browser, "transfers");
    browser.go(CONSOLE.page("sessions"));
    browser.await("sessions", () -> new SessionsPage(browser).rows() > 10);
    take(browser, "sessions");
    browser.go(CONSOLE.page("clients"));
    browser.find("h1");
    take(browser, "clients");
    library(browser);
    browser.go(CONSOLE.page("endpoints"));
    browser.find("#ports");
    take(browser, "endpoints");
    browser.go(CONSOLE.page("trial"));
    browser.click("#parity-form button[type=submit]");
    browser.find("#parity-exchange");
    take(browser, "trial");
    browser.go(CONSOLE.page("administration"));
    browser.find("h1");
    take(browser, "administration");
  }

  private static void library(Browser browser) throws IOException {
    browser.go(CONSOLE.page("library"));
    LibraryPage page = new LibraryPage(browser);
    page.view("table");
    take(browser, "library-table");
    page.view("gallery");
    page.search("fotos", "Übersee.png");
    awaitPictures(browser);
    take(browser, "library");
    page.open("Übersee.png");
    browser.await("details", () -> page.previewText().contains("640 × 420"));
    take(browser, "library-preview");
    page.closePreview();
  }

  private static void takeOthers() throws IOException {
    Browser dark = CONSOLE.administrator(Look.DESKTOP.inTheDark(), "transfers");
    new TransfersPage(dark).file("IMG_2208.jpg");
    take(dark, "transfers-dark");
    Browser phone = CONSOLE.administrator(Look.DESKTOP.inSpanish().phone(), "overview");
    take(phone, "overview-phone");
    Browser stranger = CONSOLE.stranger(Look.DESKTOP);
    stranger.go(CONSOLE.page("overview"));
    stranger.find("#password");
    take(stranger, "login");
  }

  private static void awaitPictures(Browser browser) {
    browser.await(
        "pictures",
        () ->
            browser.script(
                "return [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight)"
                    + ".every(i => i.complete)"));
  }

  private static void take(Browser browser, String name) throws IOException {
    if (browser.has("#live-state")) {
      browser.await(
          "a live page",
          () ->
              browser.script(
                  "const s = document.getElementById('live-state');"
                      + "return s.hidden || s.dataset.state === 'live'"));
    }
    Path file = IMAGES.resolve(name + ".png");
    browser.screenshot(file);
    Pictures.reduce(file);
    assertTrue(Files.size(file) <= MOST_BYTES, () -> file + " is too large");
  }

  private static List<TcpClient> clients() throws IOException {
    List<TcpClient> clients = new ArrayList<>();
    Random random = new Random(5);
    for (String kind : List.of("echo", "session-thread", "session-selector", "echo-queue")) {
      List<Integer> ports = CONSOLE.process().tcpPorts(kind);
      for (int i = 0; i < 4; i++) {
        TcpClient client = TcpClient.to(ports.get(i % ports.size()));
        for (int message = random.nextInt(9); message >= 0; message--) {
          client.send("hola " + "a".repeat(random.nextInt(60)) + "\n");
        }
        clients.add(client);
      }
    }
    return clients;
  }

  private static void send(StepwiseSender sender, String path, long seed, double... done)
      throws IOException {
    byte[] content = new byte[4 * PART];
    new Random(seed).nextBytes(content);
    byte[] head =
        path.endsWith("mp4")
            ? "\0\0\0\u0020ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1)
            : "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    String type = path.endsWith("mp4") ? "video/mp4" : "image/jpeg";
    StepwiseSender.Sending sending = sender.offer(path, type, content);
    for (int part = 0; part < done.length; part++) {
      for (int left = (int) (done[part] * PART); left > 0; left -= 1_000_000) {
        sending.some(part, Math.min(left, 1_000_000));
      }
    }
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return key;
  }
}
