package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LibraryPage;
import org.acopio.console.SessionsPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the pictures of the documentation and, with {@code -Dacopio.looks=all}, others to be looked
 * at: every page in each look. No test of the product, so it runs only when it is asked for: {@code
 * ./mvnw verify -Dit.test=Screenshots -Dtest=NONE}.
 */
class Screenshots {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final Path IMAGES = Path.of("docs", "images");
  private static final Path LOOKS = Path.of("target", "looks");
  private static final long MOST_BYTES = 250_000;
  private static final int FILE_BYTES = 6_000_000;

  private static final String FAIR = "/home/ana/Fotos/2026 Feria de San Roque/";

  private static final String LONG_NAME =
      "Entrega de premios del XXIII concurso de fotografía de la asociación de vecinos.jpg";

  /** Other addresses of this machine; some systems have to be told of them first. */
  private static final String RECEPTION = "127.0.0.21";

  private static final String LAPTOP = "127.0.0.34";

  /** PCs that have collected before. */
  private static final List<String> OTHERS =
      List.of(
          "aula-1",
          "aula-2",
          "biblioteca",
          "dirección",
          "gimnasio-foto",
          "sala de juntas",
          "taller");

  @Test
  void everyPage() throws IOException, InterruptedException {
    List<TcpClient> clients = clients();
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender pc = new StepwiseSender(ingest, RECEPTION, "recepción-02", key(1));
        StepwiseSender laptop = new StepwiseSender(ingest, LAPTOP, "laptop-maria", key(2))) {
      before();
      album(laptop, "/Users/maria/Pictures");
      album(pc, "/home/ana/Fotos");
      fair(pc);
      trouble(pc);
      enrol("aula-3", "DESKTOP-7K2M9QX de la sala de profesores");
      List<Traffic> running =
          List.of(
              Traffic.of(pc, "/home/ana/Fotos/2026 Feria", FILE_BYTES, 1),
              Traffic.of(laptop, "/Users/maria/Pictures/Cádiz", 2 * FILE_BYTES, 2));
      try {
        Browser browser = CONSOLE.administrator(Look.DESKTOP, "overview");
        takeAll(browser);
        takeOthers();
        if (System.getProperty("acopio.looks") != null) {
          everyLook();
        }
      } finally {
        running.forEach(Traffic::close);
      }
    }
    for (TcpClient client : clients) {
      client.close();
    }
  }

  private static void takeAll(Browser browser) throws IOException {
    library(browser);
    browser.go(CONSOLE.page("endpoints"));
    browser.type("#load-seconds", "60");
    browser.click("#load-start");
    browser.await("figures of a minute", () -> loadedFor(browser, 46));
    browser.script("window.scrollTo(0, 0)");
    take(browser, "endpoints");
    trial(browser);
    browser.go(CONSOLE.page("transfers"));
    browser.await("four bars", () -> browser.all("#collections .file").size() >= 4);
    take(browser, "transfers");
    browser.go(CONSOLE.page("sessions"));
    browser.await("sessions", () -> new SessionsPage(browser).rows() > 10);
    take(browser, "sessions");
    browser.click("[data-view=history]");
    browser.find("#history-table tbody tr");
    take(browser, "history");
    browser.go(CONSOLE.page("clients"));
    browser.find("#clients td.pcs");
    take(browser, "clients");
    browser.go(URI.create(CONSOLE.page("clients") + "?by=agent&text=recep"));
    browser.click("#clients td.pcs a");
    browser.find(".folder-tree .branch", "Feria de San Roque").click();
    browser.find(".folder-tree .leaf");
    browser.script("document.activeElement.blur(); window.scrollTo(0, 0)");
    take(browser, "client");
    browser.go(CONSOLE.page("overview"));
    browser.find("#active li", "laptop-maria");
    take(browser, "overview");
    administration(browser);
  }

  /** Whether the load has so many seconds left at most, by the page's bar. */
  private static boolean loadedFor(Browser browser, int left) {
    return Boolean.TRUE.equals(
        browser.script(
            "const bar = document.querySelector('#load-state .bar i');"
                + "return parseFloat(bar.style.width) >= 100 * (60 - arguments[0]) / 60",
            left));
  }

  private static void trial(Browser browser) throws IOException {
    browser.go(CONSOLE.page("trial"));
    browser.click("#parity-form button[type=submit]");
    browser.find("#parity-exchange");
    browser.click("#connection-open");
    for (String word : List.of("hola", "¿me oyes?")) {
      browser.find("#connection-send:enabled");
      browser.type("#connection-message", word);
      browser.click("#connection-send");
    }
    browser.await("answers", () -> browser.all("#connection-log li").size() >= 4);
    browser.script("document.activeElement.blur(); window.scrollTo(0, 0)");
    browser.wholePage(IMAGES.resolve("trial.png"));
    Pictures.reduce(IMAGES.resolve("trial.png"));
  }

  private static void administration(Browser browser) throws IOException {
    browser.go(CONSOLE.page("administration"));
    for (String name : List.of("ana.gomez", "luis.prieto", "pilar")) {
      browser.type("[id='users:name']", name);
      browser.click("[id='users:add']");
      browser.find("[id='users:table'] tbody tr", name);
    }
    browser.go(CONSOLE.page("administration"));
    browser.find("[id='users:table'] .danger");
    take(browser, "administration");
    Map<String, String> signs =
        Map.of(
            "enrolment", "[id='keys:table'] .danger",
            "agents", "[id='agents:table'] .tag",
            "settings", "table.settings .tag",
            "audit", "[id='audit:table'] .tag");
    for (String name : List.of("enrolment", "agents", "settings", "audit")) {
      browser.go(section(name));
      browser.find(signs.get(name));
      take(browser, name);
    }
  }

  private static URI section(String name) {
    return URI.create(CONSOLE.page("administration") + "?section=" + name);
  }

  private static void library(Browser browser) throws IOException {
    browser.go(CONSOLE.page("library"));
    LibraryPage page = new LibraryPage(browser);
    page.view("table");
    page.search("ana jpg", "atardecer 1.jpg");
    browser.script("document.activeElement.blur()");
    awaitPictures(browser, 5);
    takePhotos(browser, "library-table");
    page.view("gallery");
    page.search("ana roque", LONG_NAME);
    browser.script("document.activeElement.blur()");
    page.thumbnailWidth("noria de noche.avif");
    page.thumbnailWidth("desfile de gigantes.mp4");
    awaitPictures(browser, 5);
    takePhotos(browser, "library");
    page.search("ana verano", "atardecer 1.jpg");
    page.open("atardecer 1.jpg");
    browser.await("details", () -> page.previewText().contains("1,280 × 853"));
    takePhotos(browser, "library-preview");
    page.closePreview();
    browser.type("#library-search [name=q]", "boda de plata");
    browser.find("#library-nothing");
    browser.script("document.activeElement.blur()");
    take(browser, "nothing-found");
  }

  private static void takeOthers() throws IOException {
    Browser dark = CONSOLE.administrator(Look.DESKTOP.inTheDark(), "transfers");
    dark.await("four bars", () -> dark.all("#collections .file").size() >= 4);
    take(dark, "transfers-dark");
    Browser phone = CONSOLE.administrator(Look.DESKTOP.inSpanish().phone(), "overview");
    phone.find("#active li");
    take(phone, "overview-phone");
    phone.become(Look.DESKTOP.inSpanish().phone().inTheDark());
    phone.go(CONSOLE.page("library"));
    LibraryPage page = new LibraryPage(phone);
    page.view("gallery");
    page.search("roque", LONG_NAME);
    phone.script("document.activeElement.blur()");
    page.thumbnailWidth("desfile de gigantes.mp4");
    awaitPictures(phone, 1);
    takePhotos(phone, "library-phone");
    Browser stranger = CONSOLE.stranger(Look.DESKTOP);
    stranger.go(CONSOLE.page("overview"));
    stranger.find("#password");
    take(stranger, "login");
  }

  /** For people who change a page: all of it, in both languages, on a phone and in the dark. */
  private static void everyLook() {
    Map<String, Look> looks =
        Map.of(
            "en", Look.DESKTOP,
            "es-dark", Look.DESKTOP.inSpanish().inTheDark(),
            "es-phone", Look.DESKTOP.inSpanish().phone(),
            "en-phone-dark", Look.DESKTOP.phone().inTheDark());
    for (Map.Entry<String, Look> look : looks.entrySet()) {
      Browser browser = CONSOLE.administrator(look.getValue(), "overview");
      for (String page : Console.PAGES) {
        browser.go(CONSOLE.page(page));
        lookAt(browser, page + '-' + look.getKey());
      }
      for (String section : List.of("enrolment", "agents", "settings", "audit")) {
        browser.go(section(section));
        lookAt(browser, section + '-' + look.getKey());
      }
      browser.go(URI.create(CONSOLE.page("library") + "?q=roque"));
      new LibraryPage(browser).view("gallery");
      lookAt(browser, "gallery-" + look.getKey());
      browser.go(URI.create(CONSOLE.page("library") + "?q=nadie"));
      lookAt(browser, "nothing-found-" + look.getKey());
    }
  }

  private static void lookAt(Browser browser, String name) {
    browser.find("h1");
    awaitLive(browser);
    awaitPictures(browser, 0);
    browser.wholePage(LOOKS.resolve(name + ".png"));
  }

  private static void awaitPictures(Browser browser, int least) {
    browser.await(
        "thumbnails",
        () ->
            browser.script(
                "const seen = [...document.querySelectorAll('#library-list img')]"
                    + ".filter(i => i.getBoundingClientRect().top < innerHeight"
                    + " && i.getBoundingClientRect().width > 0);"
                    + "return seen.length >= arguments[0]"
                    + " && seen.every(i => i.complete && i.naturalWidth > 0)",
                least));
  }

  private static void awaitLive(Browser browser) {
    if (browser.has("#live-state")) {
      browser.await(
          "a live page",
          () ->
              browser.script(
                  "const s = document.getElementById('live-state');"
                      + "return s.hidden || s.dataset.state === 'live'"));
    }
  }

  private static void take(Browser browser, String name) throws IOException {
    awaitLive(browser);
    Path file = IMAGES.resolve(name + ".png");
    browser.screenshot(file);
    Pictures.reduce(file);
    assertTrue(Files.size(file) <= MOST_BYTES, () -> file + " is too large");
  }

  /** The same of a page with photos, whose colours are too many for a small PNG. */
  private static void takePhotos(Browser browser, String name) throws IOException {
    awaitLive(browser);
    Path shot = LOOKS.resolve(name + ".png");
    browser.screenshot(shot);
    Path file = IMAGES.resolve(name + ".jpg");
    Pictures.asJpeg(shot, file);
    assertTrue(Files.size(file) <= MOST_BYTES, () -> file + " is too large");
  }

  /** What other PCs of the house have brought on other days. */
  private static void before() throws IOException {
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    Path media = CONSOLE.server().folder().resolve("media");
    for (int i = 0; i < OTHERS.size(); i++) {
      String address = "127.0.0." + (40 + 3 * i / 2);
      try (StepwiseSender pc = new StepwiseSender(ingest, address, OTHERS.get(i), key(100 + i))) {
        String home = "/home/centro/";
        for (int file = 0; file <= 2 * i; file++) {
          byte[] content = Files.readAllBytes(photo(file));
          content[content.length - 3] ^= (byte) (i + 1);
          store(pc, home + "Fotos/DSC_0" + (300 + file) + ".jpg", "image/jpeg", content);
        }
        if (i % 2 == 0) {
          store(
              pc,
              home + "Música/himno " + i + ".wav",
              "audio/vnd.wave",
              media.resolve("Música/Grabaciones/nota de voz 2.wav"));
        }
        if (i % 3 == 1) {
          store(
              pc,
              home + "acta " + i + ".pdf",
              "application/pdf",
              media.resolve("Documentos/Facturas/factura 2026-001.pdf"));
        }
        pc.end();
      }
    }
  }

  private static Path photo(int number) {
    return CONSOLE
        .server()
        .folder()
        .resolve("media/Fotos/2026 Verano en Cádiz/atardecer " + (1 + number % 10) + ".jpg");
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

  /** An afternoon with a bit of everything. */
  private static void fair(StepwiseSender sender) throws IOException {
    Path media = CONSOLE.server().folder().resolve("media");
    Path photos = media.resolve("Fotos");
    Path heic = media.resolve("undrawn").resolve(Undrawn.HEIC);
    store(
        sender,
        FAIR + LONG_NAME,
        "image/jpeg",
        photos.resolve("Cumpleaños de Íñigo/tarta n.º 1.JPG"));
    store(
        sender,
        FAIR + "DSC_0409.jpg",
        "image/jpeg",
        photos.resolve("Cumpleaños de Íñigo/tarta n.º 2.JPG"));
    store(
        sender,
        FAIR + "plano del recinto.png",
        "image/png",
        photos.resolve("Viajes/Łódź/Łódź.png"));
    store(sender, FAIR + "IMG_4471.heic", "image/heic", heic);
    store(
        sender,
        FAIR + "bases del concurso.pdf",
        "application/pdf",
        media.resolve("Documentos/Contrato de alquiler (firmado).pdf"));
    store(
        sender,
        FAIR + "pregón.wav",
        "audio/vnd.wave",
        media.resolve("Música/Grabaciones/nota de voz 1.wav"));
    store(sender, FAIR + "desfile de gigantes.mp4", "video/mp4", media.resolve("Vídeos/olas.mp4"));
    try (InputStream avif =
        Objects.requireNonNull(Screenshots.class.getResourceAsStream("noria.avif"))) {
      store(sender, FAIR + "noria de noche.avif", "image/avif", avif.readAllBytes());
    }
  }

  private static void store(StepwiseSender sender, String path, String type, Path file)
      throws IOException {
    store(sender, path, type, Files.readAllBytes(file));
  }

  private static void store(StepwiseSender sender, String path, String type, byte[] content)
      throws IOException {
    StepwiseSender.Sending sending = sender.offer(path, type, content);
    for (int part = 0; part < 4; part++) {
      sending.rest(part);
    }
    sending.finish();
  }

  /** What an administrator has to look at: a file that changes, one that is no media, a pause. */
  private static void trouble(StepwiseSender sender) throws IOException, InterruptedException {
    byte[] content =
        Files.readAllBytes(
            CONSOLE.server().folder().resolve("media/undrawn").resolve(Undrawn.DAMAGED));
    StepwiseSender.Sending changing =
        sender.offer("/home/ana/Documentos/acta en curso.jpg", "image/jpeg", content);
    for (int part = 0; part < 4; part++) {
      changing.rest(part);
    }
    content[content.length - 1] ^= 1;
    assertThrows(IOException.class, changing::finish);
    byte[] text = "Esto es texto.".getBytes(StandardCharsets.UTF_8);
    assertThrows(
        IOException.class,
        () -> store(sender, "/home/ana/Descargas/no es una foto.jpg", "image/jpeg", text));
    AdminHttp admin = new AdminHttp(CONSOLE.process());
    int paused = CONSOLE.process().tcpPorts("echo").get(1);
    assertEquals(200, admin.post("/api/endpoints/" + paused + "/pause").statusCode());
  }

  /** Lets PCs of these names in, as their people do. */
  private static void enrol(String... pcs) throws IOException, InterruptedException {
    AdminHttp admin = new AdminHttp(CONSOLE.process());
    HttpRequest.Builder request =
        admin
            .request("/api/enrolment-codes")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"days\":7,\"uses\":30}"));
    String code = AdminHttp.parsed(admin.send(request).body()).getString("code");
    for (String pc : pcs) {
      Path journal = CONSOLE.server().folder().resolve(pc);
      try (AgentProcess agent =
          AgentProcess.start(
              Map.of("COMPUTERNAME", pc),
              "enrol",
              code,
              "--server",
              CONSOLE.process().rmiAddress(),
              "--journal",
              journal.toString())) {
        assertEquals(0, agent.awaitExit(), agent.output()::toString);
      }
    }
  }

  /** Sends the demonstration's photos as if they were this person's. */
  private static void album(StepwiseSender sender, String home) throws IOException {
    Path photos = CONSOLE.server().folder().resolve("media/Fotos");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(photos)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = home + '/' + photos.relativize(file).toString().replace('\\', '/');
      store(sender, name, "image/jpeg", file);
    }
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return key;
  }
}
