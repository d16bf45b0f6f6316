package org.acopio.browser;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs packages where that needs no question: on Debian and its kin, as root. */
final class DebianPackages {
  private static final Path APT = Path.of("/usr/bin/apt-get");
  private static final Path LOG = Path.of("target", "browser", "install.log");
  private static final int PATIENCE_MINUTES = 10;

  private DebianPackages() {}

  static boolean canInstall() {
    return "root".equals(System.getProperty("user.name")) && Files.isExecutable(APT);
  }

  /** Tries to install; whether it worked shows in what is there afterwards, and in the log. */
  static void install(String... packages) {
    System.err.println(
        "Installing " + String.join(" and ", packages) + "; output in " + LOG.toAbsolutePath());
    List<String> install = new ArrayList<>(List.of("install", "-y", "--no-install-recommends"));
    install.addAll(List.of(packages));
    try {
      Files.createDirectories(LOG.getParent());
      if (!apt(install)) {
        // The lists of a fresh machine are empty, those of an old one name files that are gone.
        apt(List.of("update"));
        apt(install);
      }
    } catch (IOException e) {
      throw new NoBrowserException("apt-get could not be run: " + e.getMessage());
    }
  }

  private static boolean apt(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(APT.toString(), "-q"));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(LOG.toFile()))
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    try {
      return process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroy();
    }
  }
}
