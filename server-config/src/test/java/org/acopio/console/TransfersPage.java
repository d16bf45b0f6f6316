package org.acopio.console;

import java.util.List;
import org.acopio.browser.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebElement;

/** What is arriving now. */
public final class TransfersPage {
  private final Browser browser;

  /** A browser that is on this page. */
  public TransfersPage(Browser browser) {
    this.browser = browser;
    browser.find("#transfers");
  }

  /** The file of this name, as soon as it is shown. */
  public Arriving file(String name) {
    browser.await("a file " + name, () -> !rows(name).isEmpty());
    return new Arriving(name);
  }

  /** Returns when no file of this name is shown any more. */
  public void awaitGone(String name) {
    browser.await("no file " + name, () -> rows(name).isEmpty());
  }

  /** The card of the collection from this PC, as soon as it is shown. */
  public WebElement collection(String pc) {
    return browser.find("#collections .collection", pc);
  }

  private List<WebElement> rows(String name) {
    return browser.all("#collections .file").stream()
        .filter(row -> row.findElement(By.cssSelector(".name")).getText().equals(name))
        .toList();
  }

  /** One file and its four bars. */
  public final class Arriving {
    private final String name;

    private Arriving(String name) {
      this.name = name;
    }

    /**
     * How much of each part has arrived, in percent, as the bars tell those who cannot see them.
     */
    public List<Integer> percent() {
      return parts().stream()
          .map(part -> part.findElement(By.cssSelector("[role=progressbar]")))
          .map(bar -> Integer.valueOf(String.valueOf(bar.getAttribute("aria-valuenow"))))
          .toList();
    }

    /** How wide the bars are drawn, in percent of their track. */
    public List<Integer> drawn() {
      return parts().stream()
          .map(part -> part.findElement(By.cssSelector("[role=progressbar] i")))
          .map(
              bar ->
                  browser.script(
                      "const [bar, track] = [arguments[0], arguments[0].parentElement];"
                          + "return Math.round(100 * bar.getBoundingClientRect().width"
                          + " / track.getBoundingClientRect().width)",
                      bar))
          .map(width -> ((Number) width).intValue())
          .toList();
    }

    /** The state of each part: waiting, arriving, complete, corrupt. */
    public List<String> states() {
      return parts().stream().map(part -> String.valueOf(part.getAttribute("data-state"))).toList();
    }

    /** Returns when the parts have arrived so far. */
    public void await(List<Integer> percent) {
      browser.await(name + " at " + percent, () -> percent().equals(percent));
    }

    /** Everything that is written in the row. */
    public String text() {
      return row().getText();
    }

    private WebElement row() {
      return rows(name).stream()
          .findFirst()
          .orElseThrow(() -> new NoSuchElementException("no file " + name));
    }

    private List<WebElement> parts() {
      return row().findElements(By.cssSelector(".part"));
    }
  }
}
