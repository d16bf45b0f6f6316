package org.acopio.console;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.acopio.browser.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Who is connected. */
public final class SessionsPage {
  private final Browser browser;

  /** A browser that is on this page. */
  public SessionsPage(Browser browser) {
    this.browser = browser;
    browser.find("#sessions");
  }

  /** From now on notes when a client's port is shown for the first time. */
  public FirstSeen firstSeen() {
    return new FirstSeen(browser, "#sessions-table [data-name=port]");
  }

  /** The row of the client that has this port, as soon as it is shown. */
  public WebElement row(int port) {
    return browser.await("a session of port " + port, () -> find(port).orElse(null));
  }

  /** Returns when no client of this port is shown. */
  public void awaitGone(int port) {
    browser.await("no session of port " + port, () -> find(port).isEmpty());
  }

  private Optional<WebElement> find(int port) {
    String text = Integer.toString(port);
    return browser.all("#sessions-table tbody tr").stream()
        .filter(row -> cell(row, "port").equals(text))
        .findFirst();
  }

  /** What a row says in the column of this name: address, port, messages, read … */
  public static String cell(WebElement row, String name) {
    return row.findElement(By.cssSelector("[data-name=" + name + ']')).getText();
  }

  /** Returns when the column of this name says this of a client. */
  public void awaitCell(int port, String name, String text) {
    browser.await(name + ' ' + text, () -> cell(row(port), name).equals(text));
  }

  /** Shows only what has this text. */
  public void search(String text) {
    browser.type("#sessions-text", text);
  }

  /** Whether the person is offered to close sessions. */
  public boolean offersToClose() {
    return browser.has("#sessions-close-all") || browser.has("button.close");
  }

  /** Presses the button that closes a session; a dialog asks. */
  public void askToClose(int port) {
    row(port).findElement(By.cssSelector("button.close")).click();
    browser.find("dialog[open]");
  }

  /** Puts the keyboard's focus on the button that closes a session. */
  public void focusOnClose(int port) {
    browser.script("arguments[0].focus()", row(port).findElement(By.cssSelector("button.close")));
  }

  /** Answers the dialog that asks. */
  public void answer(boolean yes) {
    browser.click("dialog[open] [data-answer=" + (yes ? "yes" : "no") + ']');
    browser.await("the dialog to be gone", () -> !browser.has("dialog[open]"));
  }

  /** Shows only this kind; its word, such as {@code echo}. */
  public void show(String kind) {
    browser.click("#sessions-kinds [data-key=" + kind + ']');
    browser.find("#sessions-kinds [data-key=" + kind + "][aria-pressed=true]");
  }

  /** What the button says that closes all that are counted. */
  public String closeAllWords() {
    return browser.find("#sessions-close-all").getText().strip();
  }

  /** Presses the button that closes all that are counted; a dialog asks, and says this of them. */
  public String askToCloseAll() {
    browser.click("#sessions-close-all:enabled");
    return browser.find("dialog[open] h2").getText();
  }

  /** Whether all columns are seen without scrolling to the side. */
  public boolean fits() {
    return Boolean.TRUE.equals(
        browser.script(
            "const box = document.getElementById('sessions-scroll');"
                + " return box.scrollWidth <= box.clientWidth"));
  }

  /** For how many seconds the row says that its client has been there. */
  public int seconds(int port) {
    return Stream.of(cell(row(port), "duration").split(":"))
        .map(Integer::valueOf)
        .reduce(0, (before, next) -> 60 * before + next);
  }

  /** Turns to those who were connected. */
  public void history() {
    browser.click(".view[data-view=history]");
    browser.find("#sessions-history");
  }

  /** The row of the history of the client that had this port, as soon as it is shown. */
  public WebElement past(int port) {
    return browser.await("a past session of port " + port, () -> pastOf(port).orElse(null));
  }

  private Optional<WebElement> pastOf(int port) {
    String text = Integer.toString(port);
    return browser.all("#history-table tbody tr").stream()
        .filter(row -> cell(row, "port").equals(text))
        .findFirst();
  }

  /** Returns when the history shows exactly so many. */
  public void awaitPast(int count) {
    browser.await(
        count + " past sessions", () -> browser.all("#history-table tbody tr").size() == count);
  }

  /** Shows of the history only what has this text, and ended on this day or later. */
  public void searchHistory(String text, LocalDate from) {
    browser.type("#history-text", text);
    browser.script(
        "const field = document.getElementById('history-from'); field.value = arguments[0];"
            + " field.dispatchEvent(new Event('change'))",
        from.toString());
  }

  /** Sorts the history by the column of this name. */
  public void sortHistoryBy(String column) {
    browser.click("#history-table [data-sort=" + column + ']');
  }

  /** Returns when these two are in the history, the one above the other. */
  public void awaitPastOrder(int upper, int lower) {
    browser.await(
        upper + " above " + lower,
        () -> {
          List<String> ports =
              browser.all("#history-table tbody tr").stream()
                  .map(row -> cell(row, "port"))
                  .toList();
          int above = ports.indexOf(Integer.toString(upper));
          return above >= 0 && above < ports.indexOf(Integer.toString(lower));
        });
  }

  public int rows() {
    return browser.all("#sessions-table tbody tr").size();
  }

  /** Sorts by the column of this name. */
  public void sortBy(String column) {
    browser.click("#sessions-table [data-sort=" + column + ']');
  }

  /** The ports in the order of the rows. */
  public List<Integer> ports() {
    return browser.all("#sessions-table tbody tr").stream()
        .map(row -> Integer.valueOf(cell(row, "port")))
        .toList();
  }
}
