package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.acopio.browser.Axe;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LoginPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees of a server to which nothing has come yet, and of one that goes away and comes
 * back, in a real browser.
 */
class ConsoleEmptyIT {
  /** Each page or part of one, with what it says as long as it has nothing to show. */
  private static final List<Empty> EMPTY =
      List.of(
          new Empty("overview", "", "#all-well", "#active-none"),
          new Empty("transfers", "", "#none", "#no-incidents"),
          new Empty("sessions", "", "#sessions-empty"),
          new Empty("sessions", "[data-view=history]", "#history-empty"),
          new Empty("clients", "", "#clients-none"),
          new Empty("clients", "[data-by=agent]", "#clients-none"),
          new Empty("library", "", "#library-none"),
          new Empty("endpoints", "", "#ports tbody tr"),
          new Empty("trial", "", "#parity-form"),
          new Empty("administration", "", "[id='users:table'] tbody tr"),
          new Empty(
              "administration?section=enrolment",
              "",
              "[id='codes:table'] tbody .tag",
              "[id='keys:table'] .ui-datatable-empty-message"),
          new Empty(
              "administration?section=agents",
              "",
              "[id='agents:table'] .ui-datatable-empty-message"));

  @TempDir static Path temp;

  private static ServerProcess server;
  private static String password;

  private record Empty(String page, String press, String... signs) {
    void open(Browser browser) {
      browser.go(server.http("/console/" + page));
      browser.find("h1");
      if (!press.isEmpty()) {
        browser.click(press);
      }
      for (String sign : signs) {
        browser.find(sign);
      }
    }
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Browser.need();
    server = ServerProcess.start(temp.resolve("data"));
    password = AdminHttp.firstPassword(server);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Browser enter(Look look, String page) {
    Browser browser = Browser.open(look);
    LoginPage.insteadOf(server.http("/console/" + page), browser)
        .enter(ConsoleServer.ADMINISTRATOR, password);
    return browser;
  }

  @Test
  void whereNothingHasComeYetEveryPageSaysSo() {
    assertEquals(List.of(), troubles(Look.DESKTOP));
  }

  @Test
  void whereNothingHasComeYetPagesFitOnAPhoneInTheDarkInSpanish() {
    assertEquals(List.of(), troubles(Look.DESKTOP.phone().inTheDark().inSpanish()));
  }

  private static List<String> troubles(Look look) {
    List<String> troubles = new ArrayList<>();
    try (Browser browser = enter(look, "overview")) {
      for (Empty empty : EMPTY) {
        empty.open(browser);
        List<String> found = new ArrayList<>(Axe.findings(browser));
        if (browser.text().contains("???")) {
          found.add("a word is missing");
        }
        if (!Boolean.TRUE.equals(
            browser.script("return document.documentElement.scrollWidth <= innerWidth"))) {
          found.add("wider than the window");
        }
        found.forEach(trouble -> troubles.add(empty.page + ": " + trouble));
      }
      troubles.addAll(browser.complaints());
    }
    return troubles;
  }

  @Test
  void aServerThatGoesAwayIsToldAndWhenItIsBackThePageLeadsToTheLogin()
      throws IOException, InterruptedException {
    try (Browser sessions = enter(Look.DESKTOP, "sessions");
        Browser clients = enter(Look.DESKTOP.phone().inSpanish(), "clients")) {
      sessions.find("#live-state[data-state=live]");
      clients.find("#live-state[data-state=live]");
      int port = server.httpPort();
      URI page = server.http("/console/sessions");
      server.kill();

      sessions.find("#live-state[data-state=lost]", "Connection lost");
      clients.find("#live-state[data-state=lost]", "Sin conexión");
      sessions.type("#sessions-text", "nadie");
      sessions.find("#sessions-problem", "The server does not answer");
      clients.type("#clients-text", "nadie");
      clients.find("#clients-problem", "El servidor no responde");
      List<String> hindrances = new ArrayList<>(Axe.findings(sessions));
      hindrances.addAll(Axe.findings(clients));
      assertEquals(List.of(), hindrances);

      server = ServerProcess.start(temp.resolve("data"), "-Dacopio.http.port=" + port);
      sessions.find(".note", "Log in again");
      clients.find(".note", "Entre otra vez");
      assertEquals(List.of(), Axe.findings(clients));
      LoginPage.shownBy(sessions).enter(ConsoleServer.ADMINISTRATOR, password);
      assertEquals(page, sessions.at());
      sessions.find("#live-state[data-state=live]");
      assertFalse(sessions.find("#sessions-empty").getText().isBlank());
      assertTrue(sessions.all("#sessions-problem:not([hidden])").isEmpty());
    }
  }
}
