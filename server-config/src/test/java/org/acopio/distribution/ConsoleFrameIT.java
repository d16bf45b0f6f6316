package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.acopio.browser.Axe;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What all pages of the console share, in a real browser. */
class ConsoleFrameIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  @Test
  void everyPageIsThereInBothLanguages() {
    List<String> english = words(CONSOLE.administrator(Look.DESKTOP, "overview"), "en");
    List<String> spanish = words(CONSOLE.administrator(Look.DESKTOP.inSpanish(), "overview"), "es");
    for (int i = 0; i < Console.PAGES.size(); i++) {
      assertNotEquals(english.get(i), spanish.get(i), Console.PAGES.get(i));
    }
  }

  /** The titles of the pages, which have to be in this language. */
  private static List<String> words(Browser browser, String language) {
    List<String> titles = new ArrayList<>();
    for (String page : Console.PAGES) {
      browser.go(CONSOLE.page(page));
      assertEquals(language, browser.find("html").getAttribute("lang"), page);
      assertTrue(browser.title().endsWith(" · Acopio"), browser.title());
      assertFalse(browser.find("h1").getText().isBlank(), page);
      // How Faces shows a key without words.
      assertFalse(browser.text().contains("???"), browser::text);
      assertEquals("page", browser.find("nav [aria-current=page]").getAttribute("aria-current"));
      titles.add(browser.title());
    }
    return titles;
  }

  @Test
  void thePersonsChoiceOfLanguageOutlastsThePage() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "overview");
    browser.click("#language option[value=es]");
    browser.await("Spanish", () -> "es".equals(browser.find("html").getAttribute("lang")));
    browser.go(CONSOLE.page("library"));
    assertEquals("es", browser.find("html").getAttribute("lang"));
  }

  @Test
  void pagesAreAsDarkAsTheSystemUntilThePersonChooses() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP.inTheDark(), "overview");
    assertTrue(brightness(browser) < 80, () -> "brightness " + brightness(browser));
    browser.click("#theme option[value=light]");
    browser.await("a light page", () -> brightness(browser) > 200);
    browser.reload();
    assertTrue(brightness(browser) > 200, () -> "brightness " + brightness(browser));
  }

  /** Of the page's ground, 0 to 255. */
  private static double brightness(Browser browser) {
    Number mean =
        (Number)
            browser.script(
                "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
                    + ".slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3");
    return mean == null ? -1 : mean.doubleValue();
  }

  @Test
  void noPageHindersPeopleInTheLight() {
    findNoHindrance(Look.DESKTOP);
  }

  @Test
  void noPageHindersPeopleInTheDark() {
    findNoHindrance(Look.DESKTOP.inTheDark());
  }

  private static void findNoHindrance(Look look) {
    Browser browser = CONSOLE.stranger(look);
    browser.go(CONSOLE.page("overview"));
    browser.find("#password");
    List<String> found = new ArrayList<>(Axe.findings(browser));
    Browser inside = CONSOLE.administrator(look, "overview");
    for (String page : Console.PAGES) {
      inside.go(CONSOLE.page(page));
      inside.find("h1");
      Axe.findings(inside).forEach(finding -> found.add(page + ": " + finding));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void everyPageFitsOnAPhone() {
    Browser browser = CONSOLE.administrator(Look.DESKTOP.phone(), "overview");
    List<String> wide = new ArrayList<>();
    for (String page : Console.PAGES) {
      browser.go(CONSOLE.page(page));
      Number width = (Number) browser.script("return document.documentElement.scrollWidth");
      if (width == null || width.intValue() > 360) {
        wide.add(page + ' ' + width);
      }
    }
    assertEquals(List.of(), wide);
  }

  @Test
  void aLongNameOfAPcIsCutAndToldWhole() throws IOException {
    String name = "pc-de-la-sala-de-lectura-del-segundo-piso-".repeat(5) + "norte";
    byte[] key = new byte[32];
    key[0] = 33;
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    try (StepwiseSender sender = new StepwiseSender(ingest, name, key)) {
      for (Look look : List.of(Look.DESKTOP, Look.DESKTOP.phone())) {
        Browser browser = CONSOLE.viewer(look, "clients");
        for (String by : List.of("?by=agent", "?by=address&order=last-seen")) {
          browser.go(CONSOLE.page("clients" + by));
          browser.await("the name", () -> browser.has("bdi[title='" + name + "']"));
          assertEquals(
              List.of(true, true, true),
              browser.script(
                  "const name = document.querySelector('bdi[title^=pc-de-la-sala]');"
                      + "const card = name.closest('.scroll');"
                      + "return [name.scrollWidth > name.clientWidth,"
                      + " card.scrollWidth <= card.clientWidth,"
                      + " document.documentElement.scrollWidth <= innerWidth]"),
              by + " at " + look.width());
        }
      }
      sender.end();
    }
  }

  @Test
  void theMenuOfAPhoneOpensAndClosesByKeyboard() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP.phone(), "overview");
    assertFalse(browser.all("#navigation").get(0).isDisplayed());
    browser.script("document.getElementById('menu-button').focus()");
    browser.press(Keys.ENTER);
    assertTrue(browser.find("#navigation").isDisplayed());
    assertEquals("true", browser.find("#menu-button").getAttribute("aria-expanded"));
    browser.press(Keys.ESCAPE);
    assertFalse(browser.all("#navigation").get(0).isDisplayed());
    assertEquals("menu-button", browser.focused().getAttribute("id"));
  }

  @Test
  void theFirstStopOfTheKeyboardLeadsPastTheMenu() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "overview");
    browser.press(Keys.TAB);
    assertEquals("skip", browser.focused().getAttribute("class"));
    browser.press(Keys.ENTER);
    browser.await("the content", () -> "content".equals(browser.focused().getAttribute("id")));
  }
}
