package org.acopio.console;

import org.acopio.browser.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The listening ports, and the load that compares two of them. */
public final class EndpointsPage {
  private final Browser browser;

  /** A browser that is on this page. */
  public EndpointsPage(Browser browser) {
    this.browser = browser;
    browser.find("#ports tbody tr");
  }

  /** The row of this port, once it is shown. */
  public WebElement row(int port) {
    return browser.await(
        "port " + port,
        () ->
            browser.all("#ports tbody tr").stream()
                .filter(row -> cell(row, "address").equals(Integer.toString(port)))
                .findFirst()
                .orElse(null));
  }

  private static String cell(WebElement row, String name) {
    return row.findElement(By.cssSelector("[data-name=" + name + "] .value")).getText();
  }

  /** Presses pause or resume of a port. */
  public void press(int port) {
    row(port).findElement(By.cssSelector(".switch")).click();
  }

  /** Returns when the row of a port says that it is paused, or that it is not. */
  public void awaitPaused(int port, boolean paused) {
    String state = paused ? "warn" : "good";
    browser.await(
        "port " + port + " paused: " + paused,
        () -> !row(port).findElements(By.cssSelector(".tag." + state)).isEmpty());
  }

  /** Begins a load. */
  public void load(int connections, int periodMillis, int seconds) {
    browser.type("#load-connections", Integer.toString(connections));
    browser.type("#load-period", Integer.toString(periodMillis));
    browser.type("#load-seconds", Integer.toString(seconds));
    browser.click("#load-start");
  }

  public void stopLoad() {
    browser.click("#load-stop");
    browser.await("the load to be over", () -> browser.find("#load-start").isEnabled());
  }

  /** What the comparison says of a figure: lane 0 has threads, lane 1 a selector. */
  public String compared(String figure, int lane) {
    return browser
        .find("#compare tr[data-figure=" + figure + "] td:nth-of-type(" + (lane + 1) + ") strong")
        .getText();
  }

  /** Returns when the comparison knows this figure of both. */
  public void awaitCompared(String figure) {
    browser.await(
        figure, () -> !compared(figure, 0).startsWith("–") && !compared(figure, 1).startsWith("–"));
  }
}
