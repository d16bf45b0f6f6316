package org.acopio.console;

import java.util.List;
import java.util.Optional;
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
