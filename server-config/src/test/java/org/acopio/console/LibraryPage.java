package org.acopio.console;

import java.util.List;
import java.util.Objects;
import org.acopio.browser.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** All files. */
public final class LibraryPage {
  private static final String ITEMS =
      "#library-gallery:not([hidden]) > li, #library-table:not([hidden]) tbody tr";

  private final Browser browser;

  /** A browser that is on this page. */
  public LibraryPage(Browser browser) {
    this.browser = browser;
    browser.find("#library");
    browser.await("files", () -> isSettled());
  }

  private boolean isSettled() {
    return browser.find("#library-list").getAttribute("aria-busy") == null
        || "false".equals(browser.find("#library-list").getAttribute("aria-busy"));
  }

  /** Looks for files and returns when what was found includes this name. */
  public void search(String text, String name) {
    browser.type("#library-search [name=q]", text);
    browser.await("found " + name, () -> isAsked(text) && isSettled() && names().contains(name));
  }

  /** The address says what is looked for from the moment on in which the page asks. */
  private boolean isAsked(String text) {
    return Boolean.TRUE.equals(
        browser.script(
            "return new URLSearchParams(location.search).get('q') === arguments[0]", text));
  }

  /** Shows {@code table} or {@code gallery}. */
  public void view(String view) {
    browser.click("#library [data-view=" + view + ']');
    browser.find(view.equals("table") ? "#library-table" : "#library-gallery");
  }

  /** The names of the files on this page, as they are written. */
  public List<String> names() {
    List<?> names =
        (List<?>)
            Objects.requireNonNull(
                browser.script(
                    "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(item => item.querySelector('a bdi.cut').textContent)",
                    ITEMS));
    return names.stream().map(String::valueOf).toList();
  }

  private List<WebElement> items() {
    return browser.all(ITEMS);
  }

  private WebElement item(String name) {
    return browser.await(
        name,
        () ->
            items().stream()
                .filter(
                    item ->
                        name.equals(
                            item.findElement(By.cssSelector("a bdi.cut"))
                                .getAttribute("textContent")))
                .findFirst()
                .orElse(null));
  }

  /** The width in pixels of the picture in a file's thumbnail, once it is there. */
  public int thumbnailWidth(String name) {
    return browser.await(
        "thumbnail of " + name,
        () -> {
          Number width =
              (Number)
                  browser.script(
                      "const image = arguments[0].querySelector('img, canvas');"
                          + "return image?.naturalWidth ?? image?.width ?? 0",
                      item(name));
          return Objects.requireNonNull(width).intValue() > 0 ? width.intValue() : null;
        });
  }

  /** Whether the pixels of a thumbnail are not all of one colour. */
  public boolean thumbnailShowsSomething(String name) {
    return Boolean.TRUE.equals(
        browser.script(
            "const image = arguments[0].querySelector('img, canvas');"
                + "const canvas = document.createElement('canvas');"
                + "canvas.width = image.naturalWidth ?? image.width;"
                + "canvas.height = image.naturalHeight ?? image.height;"
                + "const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);"
                + "const data = context.getImageData(0, 0, canvas.width, canvas.height).data;"
                + "const seen = new Set();"
                + "for (let i = 0; i < data.length; i += 4)"
                + " seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);"
                + "return seen.size > 50",
            item(name)));
  }

  /** Returns when a sign of its kind stands for a file. */
  public void awaitSign(String name) {
    browser.await(
        "a sign for " + name,
        () -> !item(name).findElements(By.cssSelector(".library-blank")).isEmpty());
  }

  /** Returns when the preview says that it has nothing to show. */
  public void awaitNothingToSee() {
    browser.find("#library-stage p");
  }

  /** Opens the preview of a file. */
  public void open(String name) {
    item(name).findElement(By.cssSelector("a")).click();
    browser.find("#library-preview[open]");
  }

  /** Plays what the preview shows and returns when at least this much has been heard. */
  public void play(double seconds) {
    browser.find("#library-stage audio, #library-stage video");
    browser.script("document.querySelector('#library-stage audio, #library-stage video').play()");
    browser.await(
        "to play " + seconds + " s",
        () ->
            browser.script(
                "const e = document.querySelector('#library-stage audio, #library-stage video');"
                    + "return !e.error && e.currentTime >= arguments[0]",
                seconds));
  }

  /** Jumps to a second of what the preview plays; returns when it plays from there. */
  public void jump(double second) {
    browser.script(
        "document.querySelector('#library-stage audio, #library-stage video').currentTime ="
            + " arguments[0]",
        second);
    browser.await(
        "to be at " + second + " s",
        () ->
            browser.script(
                "const e = document.querySelector('#library-stage audio, #library-stage video');"
                    + "return !e.seeking && e.currentTime >= arguments[0]",
                second));
  }

  /** What the preview says of a file. */
  public String previewText() {
    return browser.find("#library-preview").getText();
  }

  public void closePreview() {
    browser.click("#library-preview [data-close]");
    browser.await("no preview", () -> !browser.has("#library-preview[open]"));
  }
}
