package org.acopio.console;

import java.net.URI;
import org.acopio.browser.Browser;

/** Where a person says who they are. */
public final class LoginPage {
  private final Browser browser;

  private LoginPage(Browser browser) {
    this.browser = browser;
  }

  /** Goes to a page of the console without a login, which leads here. */
  public static LoginPage insteadOf(URI page, Browser browser) {
    browser.go(page);
    return shownBy(browser);
  }

  /** In a browser that was led here. */
  public static LoginPage shownBy(Browser browser) {
    browser.find("#password");
    return new LoginPage(browser);
  }

  /** Logs in; returns when the page is there that was wanted, or any other of the console. */
  public void enter(String name, String password) {
    send(name, password);
    browser.find("#content");
  }

  /** Tries what must not work, and returns what the person is told. */
  public String refusal(String name, String password) {
    send(name, password);
    return browser.find(".note.bad").getText();
  }

  private void send(String name, String password) {
    browser.type("#name", name);
    browser.type("#password", password);
    browser.click("button[type=submit]");
  }
}
