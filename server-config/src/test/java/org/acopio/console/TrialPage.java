package org.acopio.console;

import org.acopio.browser.Browser;

/** Parity, an echo and a session from the browser. */
public final class TrialPage {
  private final Browser browser;

  /** A browser that is on this page. */
  public TrialPage(Browser browser) {
    this.browser = browser;
    browser.find("#trial");
  }

  /** Asks whether a number is even. */
  public void ask(String number) {
    browser.type("#parity-number", number);
    browser.click("#parity-form button");
  }

  /** Returns when the answer is this word. */
  public void awaitAnswer(String word) {
    browser.find("#parity-answer strong", word);
  }

  /** The whole answer, in words. */
  public String answer() {
    return browser.find("#parity-answer").getText();
  }

  /** The XML that was sent. */
  public String request() {
    return browser.find("#parity-exchange .request").getText();
  }

  /** The XML that came back. */
  public String response() {
    return browser.find("#parity-exchange .response").getText();
  }

  /** Whether the XML is seen without scrolling to the side. */
  public boolean exchangeFits() {
    return Boolean.TRUE.equals(
        browser.script(
            "return [...document.querySelectorAll('#parity-exchange pre')]"
                + ".every((box) => box.scrollWidth <= box.clientWidth)"));
  }

  /** Connects to a port of the server. */
  public void connect(int port) {
    browser.click("#connection-port option[value='" + port + "']");
    browser.click("#connection-open");
    browser.find("#connection-state[data-state=open]");
  }

  public void send(String message) {
    browser.type("#connection-message", message);
    browser.click("#connection-send");
  }

  /** Sends the word that ends a session. */
  public void sendWord() {
    browser.click("#connection-word");
  }

  /** Returns when this came from the server. */
  public void awaitReceived(String text) {
    browser.find("#connection-log .received .bytes", text);
  }

  /** Ends the connection from here. */
  public void disconnect() {
    browser.click("#connection-close");
    awaitClosed();
  }

  /** Returns when the connection is over. */
  public void awaitClosed() {
    browser.find("#connection-state[data-state=closed]");
  }
}
