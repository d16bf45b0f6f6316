package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.acopio.browser.Axe;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LibraryPage;
import org.acopio.console.LoginPage;
import org.acopio.console.TransfersPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Pages, sections and dialogs of the console with something in them, in a real browser. */
class ConsoleFilledIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  @TempDir static Path temp;

  private static final String CONTRACT = "Contrato de alquiler (firmado).pdf";
  private static final String CHOSEN = "cuatro gaviotas miran el faro";

  private static FilledConsole filled;

  /** Everything there is to see, each with what shows that it is there. */
  private static final List<View> VIEWS =
      List.of(
          new View("overview", "", "#problems li", "#active li"),
          new View("transfers", "", "#collections .file", "#collections .why", "#incidents tr"),
          new View("sessions", "", "#sessions-table tbody tr"),
          new View("sessions", "", "#sessions-table tbody tr")
              .then(page -> page.click("#sessions-table button.close"), "dialog[open]"),
          new View("sessions", "")
              .then(page -> page.click("[data-view=history]"), "#history-table tbody tr"),
          new View("clients", "?text=obra", ".clients-table td .pc"),
          new View("clients", "?by=agent&text=obra", ".clients-table td .pc"),
          new View("clients", "?address=127.0.0.1", ".folder-tree .branch", "tbody .when"),
          new View("clients", "?agent=$agent", ".folder-tree .leaf", "td.path", "tbody .when")
              .then(ConsoleFilledIT::openEveryBranch, ".folder-tree .leaf"),
          new View("library", "?q=Obras")
              .then(page -> new LibraryPage(page).view("table"), "#library-table tbody tr"),
          new View("library", "?q=Obras")
              .then(page -> new LibraryPage(page).view("gallery"), "#library-gallery li"),
          new View("library", "?q=Obras&minSize=10&client=127.0.0.1", "#library-filters"),
          new View("library", "?q=nadie+tiene+esto", "#library-nothing .library-tags button"),
          new View("library", "?q=Obras")
              .then(page -> page.click("#library-all"), "#library-chosen"),
          new View("library", "?q=Obras", "#library-list a")
              .then(
                  page -> new LibraryPage(page).open(FilledConsole.COPY), "#library-duplicates a"),
          preview("contrato", CONTRACT, "#library-stage img"),
          preview("nota de voz 1", "nota de voz 1.wav", "#library-stage audio"),
          preview("olas", "olas.mp4", "#library-stage video"),
          new View("endpoints", "", "#ports tbody tr"),
          new View("endpoints", "", "#ports .switch")
              .then(page -> page.click("#ports .switch"), "dialog[open]"),
          new View("trial", "")
              .then(page -> page.click("#parity-form [type=submit]"), "#parity-exchange"),
          new View("trial", "")
              .then(page -> page.click("#connection-open"), "#connection-send:enabled"),
          new View("administration", "?section=users", "[id='users:table'] .danger"),
          new View("administration", "?section=users")
              .then(page -> page.click("[id='users:table'] .danger"), ".ui-confirmdialog-yes"),
          new View("administration", "?section=users")
              .then(ConsoleFilledIT::askForAPassword, ".ui-confirmdialog-yes")
              .then(page -> page.click(".ui-confirmdialog-yes"), "code.secret"),
          new View("administration", "?section=enrolment", "[id='keys:table'] .danger"),
          new View("administration", "?section=enrolment", "[id='keys:table'] .danger")
              .then(page -> page.click("[id='keys:table'] .danger"), ".ui-confirmdialog-yes"),
          new View("administration", "?section=enrolment")
              .then(page -> page.click("[id='codes:make']"), "code.secret"),
          new View("administration", "?section=enrolment", "[id='codes:table'] .danger")
              .then(page -> page.click("[id='codes:table'] .danger"), ".ui-confirmdialog-yes"),
          new View("administration", "?section=agents", "[id='agents:table'] .tag"),
          new View("administration", "?section=agents", "[id='agents:table'] .tag.good")
              .then(
                  page -> page.click("[id='agents:table'] .actions button"),
                  ".ui-confirmdialog-yes"),
          new View("administration", "?section=settings", "table.settings .tag"),
          new View("administration", "?section=audit", "[id='audit:table'] .tag"),
          new View("overview", "")
              .then(page -> page.click("details.person summary"), ".person-menu button"));

  /** Pages beside those of the console, as a viewer sees them. */
  private static final List<View> BESIDE =
      List.of(
          new View("/password", "", "#chosen"),
          new View("/password", "", "#chosen")
              .then(page -> changePassword(page, "no es esta", CHOSEN, CHOSEN), ".note.bad"),
          new View("/login", "?ticket=of-long-ago", ".note.bad"),
          new View("administration", "", ".status"),
          new View("nothing-of-this-name", "", ".status"));

  private static View preview(String text, String name, String sign) {
    return new View("library", "?q=" + text.replace(' ', '+'), "#library-list a")
        .then(page -> new LibraryPage(page).open(name), sign);
  }

  @BeforeAll
  static void fill() throws IOException, InterruptedException {
    filled = new FilledConsole(CONSOLE.process(), temp);
  }

  @AfterAll
  static void leave() throws IOException {
    filled.close();
  }

  @Test
  void nothingThatIsFilledHindersPeopleOrRunsAsScript() {
    assertEquals(List.of(), troubles(Look.DESKTOP));
  }

  @Test
  void whatIsFilledFitsOnAPhoneInTheDarkInSpanish() {
    assertEquals(List.of(), troubles(Look.DESKTOP.phone().inTheDark().inSpanish()));
  }

  @Test
  void pagesBesideTheConsoleHinderNobody() {
    List<String> troubles = new ArrayList<>();
    for (Look look : List.of(Look.DESKTOP, Look.DESKTOP.phone().inTheDark().inSpanish())) {
      Browser browser = CONSOLE.viewer(look, "overview");
      troubles.addAll(troubles(browser, BESIDE));
      browser.excuse("403");
      browser.excuse("404");
    }
    assertEquals(List.of(), troubles);
  }

  private static List<String> troubles(Look look) {
    return troubles(CONSOLE.administrator(look, "overview"), VIEWS);
  }

  private static List<String> troubles(Browser browser, List<View> views) {
    List<String> troubles = new ArrayList<>();
    for (View view : views) {
      view.open(browser);
      List<String> found = new ArrayList<>(Axe.findings(browser));
      if (!HostileNames.areText(browser)) {
        found.add("a name became an element, or ran as script");
      }
      if (browser.text().contains("???")) {
        found.add("a word is missing");
      }
      found.addAll(tooWide(browser));
      found.forEach(trouble -> troubles.add(view + ": " + trouble));
    }
    return troubles;
  }

  /** What lies beyond the window's edges: the page itself, and what is laid over it. */
  private static List<String> tooWide(Browser browser) {
    List<?> wide =
        (List<?>)
            Objects.requireNonNull(
                browser.script(
                    """
                    const wide = document.documentElement.scrollWidth > innerWidth
                        ? ["the page is " + document.documentElement.scrollWidth + " px wide"] : [];
                    const laid = "dialog[open], .person-menu, .ui-dialog, .library-chosen";
                    for (const one of document.querySelectorAll(laid)) {
                      const box = one.getBoundingClientRect();
                      if (box.left < 0 || box.right > innerWidth) wide.push(one.className + " " + box.left + ".." + box.right);
                    }
                    return wide;
                    """));
    return wide.stream().map(String::valueOf).toList();
  }

  private static void openEveryBranch(Browser browser) {
    browser.await(
        "an open tree",
        () ->
            browser.script(
                """
                const all = [...document.querySelectorAll(".folder-tree .branch")];
                const shut = all.filter((branch) => branch.ariaExpanded === "false");
                shut.forEach((branch) => branch.click());
                return all.length > 0 && shut.length === 0
                    && all.every((branch) => branch.nextElementSibling.children.length > 0);
                """));
  }

  @Test
  void aPcsFolderItsProofAndItsCertificateAreThere() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "clients");
    browser.click(".clients-table td .pc[href$='" + filled.agent() + "']");
    browser.find(".folder-tree .leaf");
    openEveryBranch(browser);
    String newest = browser.find(".folder-tree .leaf", "version 2").getText();
    assertTrue(newest.contains(FilledConsole.AGAIN), newest);
    browser.find(".folder-tree .leaf", FilledConsole.COPY);
    String proof = browser.find("#clients-detail").getText();
    assertTrue(proof.contains("proven 4"), proof);
    for (String name :
        List.of(FilledConsole.NO_MEDIA, FilledConsole.CHANGING, FilledConsole.UNFINISHED)) {
      browser.find("td.path", name);
    }
    browser.find("td.why", "It is no image, PDF, audio or video");
    JsonObject certificate =
        AdminHttp.parsed(
            Files.readString(browser.download("#clients-detail a[href$='/certificate']", temp)));
    assertTrue(certificate.toString().contains(filled.agent()), certificate::toString);
    List<String> sums =
        Files.readAllLines(browser.download("#clients-detail a[href$='/SHA256SUMS']", temp));
    assertEquals(4, sums.size());
    assertTrue(
        sums.stream().allMatch(line -> line.matches("\\\\?[0-9a-f]{64} [ *].+")), sums::toString);
    browser.click(".folder-tree .leaf");
    browser.find("#library-preview[open]");
  }

  @Test
  void theLibraryIsNarrowedChosenFromAndTellsOfVersionsCopiesAndCameras() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "library");
    LibraryPage page = new LibraryPage(browser);
    page.search("Obras", FilledConsole.COPY);
    browser.click("#library-filters-button");
    browser.type("#library-filters [name=minSize]", "0.003");
    browser.await("one file", () -> page.names().equals(List.of(FilledConsole.AGAIN)));
    browser.click("#library-tags button");
    browser.await("the others", () -> page.names().size() == 3);
    browser.click("#library-all");
    assertTrue(browser.find("#library-chosen .words").getText().startsWith("3 "));
    Path zip = browser.download("#library-chosen [data-zip]", temp);
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      assertEquals(3, entries.size());
      assertTrue(
          entries.stream().noneMatch(entry -> entry.getName().matches(".*[<>:\"|?*].*")),
          () -> entries.stream().map(ZipEntry::getName).toList().toString());
    }
    browser.click("#library-chosen [data-unchoose]");
    page.open(FilledConsole.COPY);
    browser.find("#library-duplicates a", FilledConsole.AGAIN).click();
    browser.await(
        "the first version",
        () -> browser.textOf("#library-preview-name").equals(FilledConsole.AGAIN));
    browser.find("#library-versions strong", "v1");
    browser.find("#library-versions a", "v2");
    page.closePreview();
    page.search("atardecer 3.jpg", "atardecer 3.jpg");
    page.open("atardecer 3.jpg");
    browser.await("the camera", () -> browser.textOf("#library-details").contains("Arenal A-300"));
    for (String fact :
        List.of("18-55 mm", "1/250 s", "f/8.0", "200", "35 mm", "36.52", "Ana Gómez")) {
      assertTrue(browser.textOf("#library-details").contains(fact), fact + page.previewText());
    }
  }

  @Test
  void whatWaitsCameAgainOrFailedIsSaidOnTheWayAndOnTheOverview() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "transfers");
    browser.find("#collections .why", "Nothing has come for");
    TransfersPage.Arriving file = new TransfersPage(browser).file(FilledConsole.ARRIVING);
    assertEquals(List.of(100, 50, 0, 0), file.percent());
    assertTrue(file.text().contains("\u21bb 1"), file::text);
    String incidents = browser.find("#incidents").getText();
    for (String word :
        List.of(
            "Refused: not media",
            "Changed while it was sent",
            "Block damaged on its way",
            FilledConsole.NO_MEDIA,
            FilledConsole.CHANGING)) {
      assertTrue(incidents.contains(word), incidents);
    }
    browser.go(CONSOLE.page("overview"));
    browser.find("#problems .note", "Blocks that arrived damaged");
    browser.find("#active li", FilledConsole.PC);
    browser.click("[data-span=minutes]");
    browser.find("#chart-from", "24 hours");
    browser.click("[data-span=seconds]");
    browser.await(
        "a line",
        () ->
            browser.script(
                "return document.querySelector('#chart .line').getAttribute('d').length > 0"));
    for (String figure : List.of("#disk-used", "#disk-free", "#ever-bytes", "#today-bytes")) {
      assertTrue(browser.find(figure).getText().matches("[\\d.,]+ [KMGT]?i?B"), figure);
    }
  }

  @Test
  void usersAndAgentsAreChangedByTheirButtons() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "administration");
    browser.type("[id='users:name']", "inés mal escrito");
    browser.click("[id='users:add']");
    browser.find("[id='users:messages']", "1 to 64");
    browser.type("[id='users:name']", "ines");
    browser.click("[id='users:add']");
    String first = browser.find(".secret").getText();
    button(browser, "users", "ines", "New password").click();
    browser.click(".ui-confirmdialog-yes");
    browser.await("another password", () -> !browser.find(".secret").getText().equals(first));
    button(browser, "users", "ines", "Make administrator").click();
    browser.click(".ui-confirmdialog-yes");
    button(browser, "users", "ines", "Make viewer");
    button(browser, "users", "ines", "Lock").click();
    button(browser, "users", "ines", "Unlock").click();
    button(browser, "users", "ines", "Lock");
    button(browser, "users", "ines", "Remove").click();
    browser.click(".ui-confirmdialog-yes");
    browser.find("[id='users:messages']", "ines is removed");
    assertFalse(browser.find("[id='users:table']").getText().contains("ines"));
    browser.go(URI.create(CONSOLE.page("administration") + "?section=agents"));
    button(browser, "agents", ConsoleServer.PC, "Block").click();
    browser.await(
        "a blocked agent",
        () -> {
          // Whether it asks first or not.
          browser.all(".ui-confirmdialog-yes").stream()
              .filter(WebElement::isDisplayed)
              .forEach(WebElement::click);
          return row(browser, "agents", ConsoleServer.PC).getText().contains("Blocked");
        });
    button(browser, "agents", ConsoleServer.PC, "Let in again").click();
    button(browser, "agents", ConsoleServer.PC, "Block");
    browser.go(URI.create(CONSOLE.page("administration") + "?section=audit"));
    browser.type("[id='audit:wanted']", "ines");
    browser.await(
        "only what concerns her",
        () ->
            browser.all("[id='audit:table'] tbody tr").stream()
                .allMatch(line -> line.getText().contains("ines")));
  }

  private static void askForAPassword(Browser browser) {
    row(browser, "users", FilledConsole.USER).findElements(By.cssSelector("button")).get(1).click();
  }

  private static void changePassword(Browser browser, String old, String chosen, String again) {
    browser.type("#old", old);
    browser.type("#chosen", chosen);
    browser.type("#again", again);
    browser.click("button[type=submit]");
  }

  @Test
  void aPersonChangesThePasswordAndTheOldOneOpensNothing() throws Exception {
    AdminHttp admin = new AdminHttp(CONSOLE.process());
    String old =
        AdminHttp.parsed(
                admin
                    .send(
                        admin
                            .request("/api/users")
                            .header("Content-Type", "application/json")
                            .POST(
                                BodyPublishers.ofString(
                                    "{\"name\":\"clara\",\"role\":\"viewer\"}")))
                    .body())
            .getString("password");
    Browser browser = CONSOLE.stranger(Look.DESKTOP);
    LoginPage.insteadOf(CONSOLE.page("overview"), browser).enter("clara", old);
    Browser elsewhere = CONSOLE.stranger(Look.DESKTOP);
    LoginPage.insteadOf(CONSOLE.page("library"), elsewhere).enter("clara", old);
    browser.click("details.person summary");
    browser.click(".person-menu a[href$='/password']");
    changePassword(browser, old, CHOSEN, CHOSEN + "!");
    browser.find(".note.bad", "same way twice");
    changePassword(browser, "no es esta", CHOSEN, CHOSEN);
    browser.find(".note.bad", "not right");
    changePassword(browser, old, CHOSEN, CHOSEN);
    browser.find(".note.good", "is changed");
    browser.click(".back a");
    browser.find("#content");
    LoginPage login = LoginPage.insteadOf(CONSOLE.page("library"), elsewhere);
    assertTrue(login.refusal("clara", old).contains("not right"));
    login.enter("clara", CHOSEN);
    for (Browser each : List.of(browser, elsewhere)) {
      each.excuse("401");
      each.excuse("403");
      each.excuse("422");
    }
  }

  @Test
  void aQuestionIsLeftByEscapeAndTheFocusGoesBack() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "administration?section=enrolment");
    browser.click("[id='codes:make']");
    browser.find("code.secret");
    leaveByEscape(browser, "[id='codes:table'] .danger");
    leaveByEscape(browser, "[id='keys:table'] .danger");
    browser.go(CONSOLE.page("administration?section=agents"));
    leaveByEscape(browser, "[id='agents:table'] .actions button");
    browser.find("[id='agents:table'] .tag.good");
  }

  private static void leaveByEscape(Browser browser, String button) {
    WebElement pressed = browser.find(button);
    browser.script("arguments[0].focus()", pressed);
    browser.press(Keys.ENTER);
    browser.find(".ui-confirmdialog-yes");
    browser.await(
        "the focus in the question",
        () ->
            browser.script(
                "return document.querySelector('.ui-confirm-dialog').contains(document.activeElement)"));
    browser.press(Keys.ESCAPE);
    browser.await(
        "no question",
        () -> browser.all(".ui-confirmdialog-yes").stream().noneMatch(WebElement::isDisplayed));
    browser.await("the focus to be back on " + button, () -> pressed.equals(browser.focused()));
  }

  @Test
  void anEnrolledPcGetsANewKeyAndWhenItIsRevokedItNeedsANewCode() throws Exception {
    Path board = new Media(12).jpeg(temp.resolve("aula").resolve("pizarra.jpg"), 20_000);
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "administration?section=enrolment");
    key(browser, "Valid").findElement(By.cssSelector("button:not(.danger)")).click();
    key(browser, "New key wanted");
    assertEquals(List.of("identity-rekeyed"), said("notice", "kind", collect(0, board)));
    browser.reload();
    key(browser, "Valid").findElement(By.cssSelector("button.danger")).click();
    browser.click(".ui-confirmdialog-yes");
    key(browser, "Revoked");
    assertEquals(List.of("key-revoked"), said("error", "code", collect(4, board)));
    browser.click("[id='codes:make']");
    String code = browser.find("code.secret").getText().split(" ")[2];
    FilledConsole.enrol(CONSOLE.process(), code, temp);
    browser.reload();
    key(browser, "Valid");
    assertEquals(List.of(), said("error", "code", collect(0, board)));
  }

  private static WebElement key(Browser browser, String state) {
    return browser.await(
        "a key: " + state,
        () ->
            browser.all("[id='keys:table'] tbody tr").stream()
                .filter(line -> line.getText().contains(FilledConsole.ENROLLED))
                .filter(
                    line ->
                        line.findElements(By.cssSelector(".tag")).stream()
                            .anyMatch(tag -> tag.getText().equals(state)))
                .findFirst()
                .orElse(null));
  }

  private static Collected collect(int exit, Path file) throws IOException, InterruptedException {
    try (AgentProcess agent =
        Collected.start(
            Map.of("COMPUTERNAME", FilledConsole.ENROLLED),
            CONSOLE.process().rmiAddress(),
            FilledConsole.journal(temp),
            Objects.requireNonNull(file.getParent()))) {
      assertEquals(exit, agent.awaitExit(), agent.output()::toString);
      return Collected.from(agent);
    }
  }

  private static List<String> said(String event, String field, Collected run) {
    return run.events(event).stream().map(each -> each.getString(field)).toList();
  }

  @Test
  void twoPcsBehindOneAddressAreToldApart() throws IOException {
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    byte[] content = "GIF89a and some more".getBytes(StandardCharsets.US_ASCII);
    for (int pc = 1; pc <= 2; pc++) {
      byte[] key = new byte[32];
      key[1] = (byte) pc;
      try (StepwiseSender sender = new StepwiseSender(ingest, "127.0.0.7", "mesa " + pc, key)) {
        for (int i = 0; i < pc; i++) {
          content[content.length - 1] = (byte) (10 * pc + i);
          FilledConsole.store(sender, "/home/mesa/" + i + ".gif", content);
        }
        sender.end();
      }
    }
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "clients");
    browser.go(URI.create(CONSOLE.page("clients") + "?address=127.0.0.7"));
    browser.find("#clients-detail h2", "2 PCs behind this address");
    browser.find("#clients-detail .figure strong", "3");
    for (int pc = 1; pc <= 2; pc++) {
      String said = "Said " + pc + " files · all proven";
      String card = "#clients-detail .grid .card";
      WebElement one = browser.find(card, "mesa " + pc);
      browser.await(said, () -> one.getText().contains(said));
      assertEquals(2, browser.all(card).size());
    }
    assertEquals(List.of(), Axe.findings(browser));
    browser.click("#clients-detail .grid .card .pc");
    browser.find("#clients-detail h1", "mesa");
    browser.find("#clients-detail .facts a", "127.0.0.7");
  }

  private static WebElement row(Browser browser, String table, String name) {
    return browser.find("[id='" + table + ":table'] tbody tr", name);
  }

  /** Of a row, once it is there: a press before has the server draw all rows anew. */
  private static WebElement button(Browser browser, String table, String name, String words) {
    return browser.await(
        words + " of " + name,
        () ->
            row(browser, table, name).findElements(By.cssSelector("button")).stream()
                .filter(button -> button.isEnabled() && button.getText().equals(words))
                .findFirst()
                .orElse(null));
  }

  /** A page and what is done there until there is to see what is meant. */
  private record View(String page, String query, List<String> signs, List<Step> steps) {
    private View(String page, String query, String... signs) {
      this(page, query, List.of(signs), List.of());
    }

    View then(Consumer<Browser> action, String sign) {
      List<Step> all = new ArrayList<>(steps);
      all.add(new Step(action, sign));
      return new View(page, query, signs, all);
    }

    void open(Browser browser) {
      URI address = page.startsWith("/") ? CONSOLE.process().http(page) : CONSOLE.page(page);
      browser.go(URI.create(address + query.replace("$agent", filled.agent())));
      browser.find("h1");
      signs.forEach(browser::find);
      for (Step step : steps) {
        step.action.accept(browser);
        browser.find(step.sign);
      }
    }

    @Override
    public String toString() {
      return page + query + (steps.isEmpty() ? "" : ' ' + steps.get(steps.size() - 1).sign);
    }
  }

  private record Step(Consumer<Browser> action, String sign) {}
}
