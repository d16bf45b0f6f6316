package org.acopio.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.\\d+\\.\\d+");

  /**
   * Finds a Chromium: what {@code ACOPIO_CHROME} names, then what is on the path or in the usual
   * places; otherwise installs one, on Debian as root by its packages, elsewhere by Selenium's
   * download. Only one that starts counts: programs are there whose libraries are missing.
   *
   * @throws NoBrowserException when all of this fails
   */
  static Chromium findOrInstall() {
    String named = System.getenv("ACOPIO_CHROME");
    if (named != null && !named.isBlank()) {
      return withDriver(named(named));
    }
    List<String> broken = new ArrayList<>();
    Optional<Path> found = working(broken);
    if (found.isEmpty() && DebianPackages.canInstall()) {
      DebianPackages.install("chromium", "chromium-driver");
      broken.clear();
      found = working(broken);
    }
    return found.map(Chromium::withDriver).orElseGet(() -> downloaded(broken));
  }

  static Path named(String value) {
    Path program = Path.of(value);
    if (!Files.isExecutable(program)) {
      throw new NoBrowserException("ACOPIO_CHROME names " + value + ", which is no program");
    }
    whyNot(program)
        .ifPresent(
            reason -> {
              throw new NoBrowserException(
                  "ACOPIO_CHROME names " + value + ", which does not start (" + reason + ')');
            });
    return program;
  }

  /** The first one that starts; what is wrong with those before it is added to the list. */
  private static Optional<Path> working(List<String> broken) {
    return Stream.concat(onPath(BROWSERS), usualPlaces())
        .filter(
            program -> {
              Optional<String> reason = whyNot(program);
              reason.ifPresent(text -> broken.add(program + " does not start (" + text + ')'));
              return reason.isEmpty();
            })
        .findFirst();
  }

  /** Why a program is no browser that starts on this machine; empty when it showed a page. */
  static Optional<String> whyNot(Path program) {
    try {
      Path profile = Files.createTempDirectory("acopio-browser");
      Path said = Files.createTempFile("acopio-browser", ".log");
      try {
        return started(program, profile, said);
      } finally {
        Files.delete(said);
        deleteTree(profile);
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> started(Path program, Path profile, Path said)
      throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--dump-dom",
                "data:text/html,<p>works</p>")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Optional.of("it showed no page within " + PATIENCE_SECONDS + " s");
      }
      String text = Files.readString(said, StandardCharsets.ISO_8859_1);
      return text.contains("<p>works</p>")
          ? Optional.empty()
          : Optional.of("it ended with " + process.exitValue() + ": " + lastLine(text));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }

  private static String lastLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no word");
  }

  /** What its last processes still write there is left to the system. */
  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
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

  private static Chromium downloaded(List<String> broken) {
    String others = broken.isEmpty() ? "" : "; " + String.join("; ", broken);
    Chromium chromium;
    try {
      chromium = managed("--browser-version", "stable");
    } catch (NoBrowserException e) {
      throw new NoBrowserException(e.getMessage() + others);
    }
    whyNot(chromium.browser)
        .ifPresent(
            reason -> {
              throw new NoBrowserException(
                  "the one that Selenium downloaded to "
                      + chromium.browser
                      + " does not start ("
                      + reason
                      + ')'
                      + others);
            });
    return chromium;
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
