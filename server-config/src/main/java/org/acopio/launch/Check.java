package org.acopio.launch;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command {@code acopio-server check}: compares catalog and store. Asks the server that runs on
 * the data folder; where none does, opens both itself.
 */
final class Check {
  static final int CLEAN = 0;
  static final int FINDINGS = 1;
  static final int CANNOT_RUN = 3;

  private static final long POLL_MILLIS = 200;

  private final PrintStream out;
  private final CheckOptions options;
  private final CheckProgressLine progress;

  /**
   * @param attended whether a person looks on, and is told how far it is
   */
  Check(CheckOptions options, PrintStream out, PrintStream problems, boolean attended) {
    this.options = options;
    this.out = out;
    this.progress = new CheckProgressLine(problems, attended && !options.json());
  }

  /** Does it and returns the exit code. */
  int run(Path data) {
    if (!Files.isDirectory(data)) {
      throw cannot("There is no folder " + data + "; name the data folder with --data DIR.", null);
    }
    try (DataFolder mine = DataFolder.claim(data).orElse(null)) {
      JsonObject report = mine == null ? ofServer(data) : alone();
      progress.clear();
      if (options.json()) {
        out.println(report);
      } else {
        new CheckText(out).print(report, options.repair());
      }
      return report.getJsonNumber("left").longValue() == 0 ? CLEAN : FINDINGS;
    } catch (IOException e) {
      throw cannot("The data folder " + data + " cannot be let go: " + e.getMessage(), e);
    } catch (AdminException e) {
      progress.clear();
      throw e.exitCode() == CANNOT_RUN ? e : cannot(e.getMessage(), e);
    }
  }

  private JsonObject alone() {
    options.properties().forEach(System::setProperty);
    String report =
        OfflineCheck.run(
            Distribution.here(),
            options.readData(),
            options.repair(),
            text -> progress.show(read(text)));
    return read(report);
  }

  private JsonObject ofServer(Path data) {
    AdminClient server = new AdminClient(AdminAccess.find(data));
    server.startCheck(options.readData(), options.repair());
    Thread stop = new Thread(server::stopCheck, "acopio-check-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    JsonObject run = server.check();
    while (run.getBoolean("running")) {
      progress.show(run.getJsonObject("run"));
      pause();
      run = server.check();
    }
    Runtime.getRuntime().removeShutdownHook(stop);
    JsonObject last = run.getJsonObject("run");
    return Optional.ofNullable(last.getJsonObject("report"))
        .orElseThrow(() -> cannot(last.getString("failure", "The check did not end."), null));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannot("Interrupted.", e);
    }
  }

  private static JsonObject read(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  static AdminException cannot(String message, @org.jspecify.annotations.Nullable Exception cause) {
    return cause == null
        ? new AdminException(CANNOT_RUN, message)
        : new AdminException(CANNOT_RUN, message, cause);
  }

  /** One line that is written over as the check goes on; nothing where nobody looks. */
  private static final class CheckProgressLine {
    private static final String BLANK = "\r" + " ".repeat(78) + "\r";

    private final PrintStream problems;
    private final boolean shown;

    CheckProgressLine(PrintStream problems, boolean shown) {
      this.problems = problems;
      this.shown = shown;
    }

    void show(JsonObject run) {
      if (shown) {
        problems.print(BLANK + CheckText.progress(run));
        problems.flush();
      }
    }

    void clear() {
      if (shown) {
        problems.print(BLANK);
        problems.flush();
      }
    }
  }
}
