package org.acopio.client.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the journal is when nobody says so: where each system keeps the state of programs. */
final class JournalDirectory {
  private JournalDirectory() {}

  /**
   * @param system the value of {@code os.name}
   */
  static Path of(Map<String, String> environment, Path home, String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      Path base = local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local);
      return base.resolve("acopio");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("acopio");
    }
    // The specification has relative values ignored.
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base = state.startsWith("/") ? Path.of(state) : home.resolve(".local").resolve("state");
    return base.resolve("acopio");
  }
}
