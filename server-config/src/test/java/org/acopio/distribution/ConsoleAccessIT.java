package org.acopio.distribution;

import static org.acopio.distribution.ConsoleServer.ADMINISTRATOR;
import static org.acopio.distribution.ConsoleServer.VIEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LoginPage;
import org.acopio.console.SessionsPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** Who may see and do what in the console, in a real browser. */
class ConsoleAccessIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  @Test
  void whoLogsInGetsThePageThatWasAskedFor() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "library");
    assertEquals(CONSOLE.page("library"), browser.at());
    assertTrue(browser.find("header").getText().contains(VIEWER), browser::text);
  }

  @Test
  void aWrongPasswordIsToldAndOpensNothing() {
    Browser browser = CONSOLE.stranger(Look.DESKTOP.inSpanish());
    LoginPage login = LoginPage.insteadOf(CONSOLE.page("overview"), browser);
    assertFalse(login.refusal("nadie", "no es esta contraseña").isBlank());
    browser.excuse("401");
    browser.go(CONSOLE.page("overview"));
    browser.find("#password");
  }

  @Test
  void leavingEndsTheLogin() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "overview");
    browser.click("details.person summary");
    browser.click("details.person button[type=submit]");
    browser.find("#password");
    browser.go(CONSOLE.page("overview"));
    browser.find("#password");
  }

  @Test
  void aViewerSeesEverythingButAdministration() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "overview");
    for (String page : Console.PAGES) {
      if (!page.equals("administration")) {
        browser.go(CONSOLE.page(page));
        assertFalse(browser.find("h1").getText().isBlank(), page);
      }
    }
    assertFalse(browser.has("nav a[href$=administration]"));
    browser.go(CONSOLE.page("administration"));
    assertEquals(403, status(browser, "GET", "/console/administration"));
    browser.excuse("403");
  }

  @Test
  void aViewerCannotCloseSessions() throws IOException {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "sessions");
    SessionsPage page = new SessionsPage(browser);
    try (TcpClient client = TcpClient.to(CONSOLE.process().tcpPorts("echo").get(0))) {
      client.send("x").read(1);
      WebElement row = page.row(client.port());
      assertEquals("127.0.0.1", SessionsPage.cell(row, "address"));
      assertFalse(page.offersToClose());
      assertEquals(403, status(browser, "DELETE", "/api/sessions?kind=echo"));
      browser.excuse("403");
      client.send("y");
      assertEquals('y', client.read(1)[0]);
    }
  }

  /** What the server answers to a script of its own page. */
  private static long status(Browser browser, String method, String path) {
    Object answer =
        browser.asyncScript(
            "const done = arguments[arguments.length - 1];"
                + "fetch(arguments[1], {method: arguments[0]}).then(a => done(a.status))",
            method,
            path);
    return ((Number) Objects.requireNonNull(answer)).longValue();
  }

  @Test
  void anAdministratorIsOfferedAdministration() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "overview");
    browser.click("nav a[href$=administration]");
    browser.find("h1");
    assertEquals(CONSOLE.page("administration"), browser.at());
    assertTrue(browser.text().contains(ADMINISTRATOR), browser::text);
    assertTrue(browser.text().contains(VIEWER), browser::text);
  }

  @Test
  void anAdministratorInvitesAPcAndTakesTheInvitationBack() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "administration");
    browser.go(URI.create(CONSOLE.page("administration") + "?section=enrolment"));
    int before = browser.all("[id='codes:table'] tbody tr").size();
    browser.click("[id='codes:make']");
    String command = browser.await("the code", () -> browser.find("code.secret").getText());
    assertTrue(
        command.matches("acopio enrol ([0-9A-Z]{5}-){7}[0-9A-Z]{5} --server \\S+:\\d+"), command);
    assertEquals(before + 1, browser.all("[id='codes:table'] tbody tr").size());

    browser.click("[id='codes:table'] tbody tr:first-child .danger");
    browser.click(".ui-confirmdialog-yes");
    browser.find("[id='codes:table'] tbody tr:first-child .tag", "Taken back");
    browser.reload();
    assertFalse(browser.text().contains(command), "a code is shown once");
  }

  @Test
  void aLoginLinkIsOneClick() throws Exception {
    AdminHttp admin = new AdminHttp(CONSOLE.process());
    URI link =
        CONSOLE
            .process()
            .http(
                '/' + AdminHttp.parsed(admin.post("/api/login-tickets").body()).getString("path"));
    Browser hidden = CONSOLE.stranger(Look.DESKTOP);
    hidden.go(CONSOLE.process().http("/login"));
    assertEquals(200, status(hidden, "GET", link.getPath() + '?' + link.getQuery()));
    Browser browser = CONSOLE.stranger(Look.DESKTOP);
    browser.go(link);
    browser.find("#content");
    assertEquals(CONSOLE.page("overview"), browser.at());
    assertTrue(browser.has("nav a[href$=administration]"));
    hidden.go(link);
    assertTrue(hidden.find(".note.bad").getText().contains("admin login"));
    hidden.excuse("403");
  }

  @Test
  void theDemonstrationPrintsALinkThatIsOneClick(@TempDir Path folder) throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder)) {
      URI link = demo.awaitLink();
      Browser browser = CONSOLE.stranger(Look.DESKTOP);
      browser.go(link);
      browser.find("nav a[href$=administration]");
      assertEquals(link.resolve("/console/overview"), browser.at());
      browser.go(link.resolve("/console/library"));
      browser.find("#library-list", ".jpg");
      browser.go(URI.create("about:blank"));
      assertEquals(0, demo.pressEnter(), demo.output()::toString);
    }
  }

  @Test
  void nothingOfTheConsoleIsKnownToAStranger() {
    Browser browser = CONSOLE.stranger(Look.DESKTOP);
    for (String page : Console.PAGES) {
      LoginPage.insteadOf(CONSOLE.page(page), browser);
      assertFalse(browser.has("nav"), page);
    }
    for (String path :
        List.of("/api/files", "/api/transfers", "/content/1", "/content/1/thumbnail")) {
      assertEquals(401, status(browser, "GET", path), path);
    }
    browser.excuse("401");
  }
}
