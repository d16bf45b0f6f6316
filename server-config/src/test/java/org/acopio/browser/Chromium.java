package org.acopio.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.manager.SeleniumManager;
import org.openqa.selenium.manager.SeleniumManagerOutput.Result;

/**
 * A browser of the Chromium family and the driver that fits it.
 *
 * @param browser the program
 * @param driver its chromedriver
 */
record Chromium(Path browser, Path driver) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final List<String> DRIVERS = List.of("chromedriver", "chromium.chromedriver");
  private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.\\d+\\.\\d+");

  /**
   * Finds a Chromium: what {@code ACOPIO_CHROME} names, then what is on the path or in the usual
   * places; otherwise installs one, on Debian as root by its packages, elsewhere by Selenium's
   * download.
   *
   * @throws NoBrowserException when all of this fails
   */
  static Chromium findOrInstall() {
    String named = System.getenv("ACOPIO_CHROME");
    if (named != null && !named.isBlank()) {
      return withDriver(named(named));
    }
    Optional<Path> found = found();
    if (found.isEmpty() && DebianPackages.canInstall()) {
      DebianPackages.install("chromium", "chromium-driver");
      found = found();
    }
    return found.map(Chromium::withDriver).orElseGet(Chromium::downloaded);
  }

  private static Path named(String value) {
    Path program = Path.of(value);
    if (!Files.isExecutable(program)) {
      throw new NoBrowserException("ACOPIO_CHROME names " + value + ", which is no program");
    }
    return program;
  }

  private static Optional<Path> found() {
    return Stream.concat(onPath(BROWSERS), usualPlaces()).findFirst();
  }

  private static Stream<Path> onPath(List<String> names) {
    String end = System.getProperty("os.name").startsWith("Windows") ? ".exe" : "";
    List<String> folders =
        List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator));
    return names.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name + end)))
        .filter(Files::isExecutable);
  }

  private static Stream<Path> usualPlaces() {
    Stream<Path> mac =
        Stream.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));
    Stream<Path> linux =
        Stream.of(Path.of("/opt/google/chrome/chrome"), Path.of("/snap/bin/chromium"));
    Stream<Path> windows =
        Stream.of("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
            .map(System::getenv)
            .filter(Objects::nonNull)
            .map(folder -> Path.of(folder, "Google", "Chrome", "Application", "chrome.exe"));
    return Stream.of(mac, linux, windows).flatMap(places -> places).filter(Files::isExecutable);
  }

  /** With the driver of the same version that is on the path, or else with one that fits. */
  private static Chromium withDriver(Path browser) {
    Optional<String> version = major(browser);
    return onPath(DRIVERS)
        .filter(driver -> version.isPresent() && major(driver).equals(version))
        .findFirst()
        .map(driver -> new Chromium(browser, driver))
        .orElseGet(() -> managed("--browser-path", browser.toString()));
  }

  private static Chromium downloaded() {
    return managed("--browser-version", "stable");
  }

  private static Chromium managed(String... words) {
    try {
      List<String> all = Stream.concat(Stream.of("--browser", "chrome"), Stream.of(words)).toList();
      Result result = SeleniumManager.getInstance().getBinaryPaths(all);
      return new Chromium(program(result.getBrowserPath()), program(result.getDriverPath()));
    } catch (WebDriverException e) {
      throw new NoBrowserException(
          "Selenium could not download what is missing (" + firstLine(e.getMessage()) + ')');
    }
  }

  private static Path program(@Nullable String path) {
    if (path == null || path.isEmpty() || !Files.isExecutable(Path.of(path))) {
      throw new NoBrowserException("Selenium could not download one");
    }
    return Path.of(path);
  }

  private static String firstLine(@Nullable String text) {
    return Objects.requireNonNullElse(text, "no reason").lines().findFirst().orElse("no reason");
  }

  /** The number that a driver and its browser have in common; Chrome on Windows tells none. */
  private static Optional<String> major(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "--version").start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readNBytes(1_000));
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher matcher = MAJOR.matcher(said);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
