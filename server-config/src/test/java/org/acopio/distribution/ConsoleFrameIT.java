package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void pagesSpeakTheLanguageOfTheBrowserUntilThePersonChoosesAnother() {
    Browser browser = CONSOLE.browser(Look.DESKTOP.inSpanish());
    browser.go(CONSOLE.page("overview"));
    assertEquals("es", browser.find("html").getAttribute("lang"));
  }

  @Test
  void noSeriousHindrance() {
    Browser browser = CONSOLE.browser(Look.DESKTOP);
    browser.go(CONSOLE.page("overview"));
    assertEquals(List.of(), Axe.findings(browser));
  }

  @Test
  void theFirstStopOfTheKeyboardLeadsPastTheMenu() {
    Browser browser = CONSOLE.browser(Look.DESKTOP);
    browser.go(CONSOLE.page("overview"));
    browser.press(Keys.TAB);
    assertEquals("skip", browser.focused().getAttribute("class"));
    assertTrue(browser.focused().isDisplayed());
    browser.press(Keys.ENTER);
    browser.await(
        "focus on the content", () -> browser.focused().getAttribute("id").equals("content"));
  }
}
