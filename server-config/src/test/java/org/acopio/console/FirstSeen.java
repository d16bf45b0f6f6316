package org.acopio.console;

import org.acopio.browser.Browser;

/**
 * When a page showed something for the first time, which the page notes by itself: looking from
 * outside takes longer than what is measured.
 */
public final class FirstSeen {
  private final Browser browser;
  private final String css;

  /** From now on notes the texts of all elements of this selector. */
  public FirstSeen(Browser browser, String css) {
    this(browser, css, "");
  }

  /** The same of an attribute. */
  public FirstSeen(Browser browser, String css, String attribute) {
    this.browser = browser;
    this.css = css;
    browser.find("#content");
    browser.script(
        """
        const [css, attribute] = arguments;
        const seen = {};
        (window.firstSeen ??= {})[css] = seen;
        const note = () => {
          for (const one of document.querySelectorAll(css)) {
            const shown = attribute === "" ? one.textContent : one.getAttribute(attribute);
            seen[shown] ??= performance.timeOrigin + performance.now();
          }
        };
        note();
        new MutationObserver(note).observe(document.getElementById("content"),
            { childList: true, subtree: true, characterData: true, attributes: true });
        """,
        css,
        attribute);
  }

  /** When this was shown, in ms since 1970, once it is. */
  public double at(String shown) {
    Number at =
        browser.await(
            "a note of " + shown,
            () ->
                (Number)
                    browser.script(
                        "return window.firstSeen[arguments[0]][arguments[1]] ?? null", css, shown));
    return at.doubleValue();
  }
}
