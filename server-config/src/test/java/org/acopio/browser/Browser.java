package org.acopio.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * One person's Chromium: its own empty profile, no window. It remembers what pages complained of:
 * errors of scripts, what the Content-Security-Policy stopped, what could not be loaded. For one
 * thread.
 */
public final class Browser implements AutoCloseable {
  /** How long a page may take for anything before a test gives up. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(50);

  /** Held so that its level stays: it warns of browsers that are newer than Selenium. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;
  private final List<String> excused = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the tests that follow when there is no browser and none can be installed. */
  public static void need() {
    SELENIUM.setLevel(Level.SEVERE);
    Browsers.chromium();
  }

  /** Starts a browser, which may have to be installed; skips the test when there can be none. */
  public static Browser open(Look look) {
    need();
    Chromium chromium = Browsers.chromium();
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromium.driver().toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options(chromium, look)));
    browser.become(look);
    return browser;
  }

  private static ChromeOptions options(Chromium chromium, Look look) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.browser().toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", look.languages()));
    options.addArguments(
        "--headless=new",
        "--window-size=" + look.width() + ',' + look.height(),
        "--lang=" + look.languages().split(",")[0],
        "--autoplay-policy=no-user-gesture-required",
        "--mute-audio",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox");
    }
    return options;
  }

  /** From now on the window, and what pages are told about the system, are like this. */
  public void become(Look look) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", look.media());
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", look.metrics());
  }

  // ------------------------------------------------------------------ where it is

  /** Goes there and returns when the page has loaded. */
  public void go(URI address) {
    driver.get(address.toString());
  }

  public void reload() {
    driver.navigate().refresh();
  }

  public URI at() {
    return URI.create(String.valueOf(driver.getCurrentUrl()));
  }

  public String title() {
    return String.valueOf(driver.getTitle());
  }

  /** The text that a person sees. */
  public String text() {
    return find("body").getText();
  }

  /** The text in the first element of this selector, as it is in the document. */
  public String textOf(String css) {
    return String.valueOf(script("return document.querySelector(arguments[0]).textContent", css));
  }

  // ------------------------------------------------------------------ what is there

  /** All elements of this selector that are there now, seen or not. */
  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  public boolean has(String css) {
    return !all(css).isEmpty();
  }

  /** The first element of this selector that a person sees, once there is one. */
  public WebElement find(String css) {
    return await(
        css, () -> all(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /** The first element of this selector that has this text in it, once there is one. */
  public WebElement find(String css, String text) {
    return await(
        css + " with " + text,
        () ->
            all(css).stream()
                .filter(WebElement::isDisplayed)
                .filter(element -> element.getText().contains(text))
                .findFirst()
                .orElse(null));
  }

  /** Waits until there is a value that is neither null nor false, and returns it. */
  public <T> T await(String what, Callable<@Nullable T> value) {
    try {
      return Awaitility.await(what)
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .pollDelay(Duration.ZERO)
          .pollInSameThread()
          .ignoreExceptionsMatching(Browser::isOfTheMoment)
          .until(value, found -> found != null && !Boolean.FALSE.equals(found));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "Not within "
              + PATIENCE.toSeconds()
              + " s at "
              + at()
              + ": "
              + what
              + "\n"
              + textOf("body"),
          e);
    }
  }

  /** A page that changes takes elements away between a look and the next. */
  private static boolean isOfTheMoment(Throwable failure) {
    return failure instanceof StaleElementReferenceException
        || failure instanceof NotFoundException
        || isStaleInOtherWords(failure);
  }

  /**
   * While a page gives way to another, ChromeDriver passes on what the browser's inspector said
   * instead of calling the element stale (SeleniumHQ/selenium#15401).
   */
  private static boolean isStaleInOtherWords(Throwable failure) {
    return failure instanceof WebDriverException
        && String.valueOf(failure.getMessage()).contains("does not belong to the document");
  }

  // ------------------------------------------------------------------ what a person does

  /** Clicks what a person sees of this selector, once it can be clicked. */
  public void click(String css) {
    await(
        "click on " + css,
        () -> {
          find(css).click();
          return true;
        });
  }

  /** Types into a field what replaces what was there. */
  public void type(String css, String text) {
    WebElement field = find(css);
    field.clear();
    field.sendKeys(text);
  }

  /** Presses keys where the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes one step back in the order of the focus. */
  public void pressShiftTab() {
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
  }

  /** What has the focus. */
  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Clicks what makes the browser save a file, and returns what it saved into a folder. */
  public Path download(String css, Path folder) {
    Path fresh = newFolder(folder);
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", fresh.toString()));
    click(css);
    return await("a file that is saved", () -> saved(fresh));
  }

  private static Path newFolder(Path folder) {
    try {
      return Files.createTempDirectory(folder, "saved");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** While it is being saved, it has another name. */
  private static @Nullable Path saved(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      return all.size() == 1 && !all.get(0).toString().endsWith(".crdownload") ? all.get(0) : null;
    }
  }

  /** Runs a script in the page and returns what it returns. */
  public @Nullable Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs a script that ends by calling its last argument, and returns what that got. */
  public @Nullable Object asyncScript(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script, arguments);
  }

  // ------------------------------------------------------------------ what it tells

  /** What pages complained of since the last call, and nobody excused. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(complaint -> excused.stream().noneMatch(complaint::contains))
        .toList();
  }

  /** Complaints with these words in them, made already or still to come, are no trouble. */
  public void excuse(String words) {
    excused.add(words);
  }

  /** Writes what the window shows as a PNG. */
  public void screenshot(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all of the page as a PNG, what has to be scrolled to as well. */
  public void wholePage(Path file) {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
