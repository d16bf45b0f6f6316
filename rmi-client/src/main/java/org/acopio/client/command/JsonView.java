package org.acopio.client.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Notice;
import org.acopio.client.scan.ScanResult;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;
import org.acopio.media.MediaKind;

/**
 * Shows a run to a program: one JSON object a line, and nothing else, on the standard output. Codes
 * are stable; sentences are English.
 */
final class JsonView implements CollectView {
  /** A program that reads along waits no longer than this for a line that is not the last. */
  private static final long LATE_NANOS = 100_000_000L;

  private final Terminal terminal;
  private final PrintStream out;
  private final ServerAddress server;
  private final TroubleText troubles;
  private long flushed = System.nanoTime();

  JsonView(Terminal terminal, ServerAddress server) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.server = server;
    this.troubles = new TroubleText(terminal.messages());
  }

  /** The line of a run that did not take place. */
  static Json errorLine(String message, Exit exit) {
    return Json.event("error")
        .put("code", TroubleText.code(exit))
        .put("message", message)
        .put("exit", exit.code());
  }

  /** The line of a run that could not go on without the server. */
  static Json errorLine(SendException end, TroubleText troubles, Exit exit) {
    Json json =
        Json.event("error")
            .put("code", TroubleText.code(end.trouble().code()))
            .put("message", troubles.of(end));
    return detail(json, end.trouble().detail()).put("exit", exit.code());
  }

  private static Json detail(Json json, String detail) {
    return detail.isEmpty() ? json : json.put("detail", detail);
  }

  private synchronized void line(Json json, boolean now) {
    // Not println: a program should read the same bytes on each system.
    out.print(json + "\n");
    if (now || System.nanoTime() - flushed > LATE_NANOS) {
      out.flush();
      flushed = System.nanoTime();
    }
  }

  @Override
  public void enrolled(Enrolment.Enrolled enrolled) {
    line(
        Json.event("enrolled")
            .put("server", server.toString())
            .put("agent", enrolled.agent())
            .put("authority", enrolled.authority())
            .put("directory", enrolled.directory().toString()),
        true);
  }

  @Override
  public void looked(long files) {}

  @Override
  public void notice(Notice notice) {
    Json json =
        Json.event("notice")
            .put("kind", TroubleText.code(notice.kind()))
            .put("problem", notice.kind().problem())
            .put("path", notice.path().toString());
    line(detail(json, notice.detail()), true);
  }

  @Override
  public void found(ScanResult result) {
    Json kinds = Json.object();
    for (Map.Entry<MediaKind, ScanResult.Tally> kind : result.kinds().entrySet()) {
      Json tally =
          Json.object().put("files", kind.getValue().files()).put("bytes", kind.getValue().bytes());
      kinds.put(kind.getKey().name().toLowerCase(Locale.ROOT), tally);
    }
    List<String> roots = new ArrayList<>();
    for (Path root : result.roots()) {
      roots.add(root.toString());
    }
    line(
        Json.event("found")
            .put("roots", roots)
            .put("files", result.files().size())
            .put("bytes", result.bytes())
            .put("kinds", kinds),
        true);
  }

  @Override
  public void listed(ScanResult result) {
    for (MediaFile file : result.files()) {
      line(file(file).put("result", "found").put("type", file.mediaType()), false);
    }
    out.flush();
  }

  /** On the other stream: the standard output is the program's. */
  @Override
  public boolean confirmed() throws IOException {
    return Confirmation.ask(terminal, terminal.err(), server);
  }

  @Override
  public void sending(ScanResult result) {}

  @Override
  public void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {
    Json json =
        Json.event("waiting")
            .put("attempt", attempt)
            .seconds("seconds", pause)
            .seconds("left", left)
            .put("code", TroubleText.code(trouble.code()))
            .put("reason", troubles.of(trouble));
    line(detail(json, trouble.detail()), true);
  }

  @Override
  public void started(MediaFile file) {}

  @Override
  public void acknowledged(long bytes) {}

  @Override
  public void finished(FileResult result) {
    Json json = file(result.file()).put("result", result.outcome().name().toLowerCase(Locale.ROOT));
    if (result.sha256().isPresent()) {
      json.put("sha256", result.sha256().get());
    }
    if (result.storedAs().isPresent()) {
      json.put("storedAs", result.storedAs().get());
    }
    if (result.version() > 0) {
      json.put("version", result.version());
    }
    if (result.trouble().isPresent()) {
      FileTrouble trouble = result.trouble().get();
      json.put("code", TroubleText.code(trouble.code())).put("reason", troubles.of(trouble));
      detail(json, trouble.detail());
    }
    line(json, false);
  }

  private static Json file(MediaFile file) {
    String path = PathText.decoded(file.wirePath());
    Json json = Json.event("file").put("path", path);
    if (!PathText.isUtf8(file.wirePath(), path)) {
      json.put("pathBytes", Base64.getEncoder().encodeToString(file.wirePath()));
    }
    return json.put("bytes", file.stamp().size());
  }

  @Override
  public void summary(SendSummary summary, ScanResult result, Exit exit) {
    line(
        Json.event("summary")
            .put("server", server.toString())
            .put("files", summary.files())
            .put("bytes", summary.bytes())
            .put("stored", summary.stored())
            .put("storedBytes", summary.storedBytes())
            .put("have", summary.have())
            .put("refused", summary.refused())
            .put("changed", summary.changed())
            .put("unreadable", summary.unreadable() + result.unreadable().size())
            .put("failed", summary.failed())
            .put("problems", result.problems().size())
            .put("sentBytes", summary.sentBytes())
            .seconds("seconds", summary.duration())
            .put("exit", exit.code()),
        true);
  }

  @Override
  public void error(String message, Exit exit) {
    line(errorLine(message, exit), true);
  }

  @Override
  public void failed(SendException end, Exit exit) {
    line(errorLine(end, troubles, exit), true);
  }
}
