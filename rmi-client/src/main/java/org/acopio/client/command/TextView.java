package org.acopio.client.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Notice;
import org.acopio.client.scan.ScanResult;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.Sender;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerTrouble;
import org.acopio.media.MediaKind;
import org.jspecify.annotations.Nullable;

/** Shows a run to a person: results on the standard output, progress and complaints beside it. */
final class TextView implements CollectView {
  private final Terminal terminal;
  private final PrintStream out;
  private final Units units;
  private final TroubleText troubles;
  private final ServerAddress server;
  private final boolean verbose;
  private final List<String> missing = new ArrayList<>();
  private @Nullable Progress progress;

  TextView(Terminal terminal, ServerAddress server, boolean verbose) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.units = new Units(terminal.messages());
    this.troubles = new TroubleText(terminal.messages());
    this.server = server;
    this.verbose = verbose;
  }

  @Override
  public synchronized void enrolled(Enrolment.Enrolled enrolled) {
    out.println(terminal.text("enrol.done", server, enrolled.directory()));
    out.flush();
  }

  @Override
  public synchronized void looked(long files) {
    if (terminal.errorsInteractive()) {
      Progress.show(terminal.err(), terminal.text("collect.looked", files));
    }
  }

  @Override
  public synchronized void notice(Notice notice) {
    if (notice.kind() == Notice.Kind.IDENTITY_REKEYED) {
      return;
    }
    complain(words(notice));
  }

  private String words(Notice notice) {
    String detail = PathText.printable(notice.detail());
    return terminal.text("notice." + notice.kind(), path(notice), detail);
  }

  @Override
  public synchronized void found(ScanResult result) {
    if (terminal.errorsInteractive()) {
      Progress.clear(terminal.err());
    }
    for (Map.Entry<MediaKind, ScanResult.Tally> kind : result.kinds().entrySet()) {
      ScanResult.Tally tally = kind.getValue();
      if (tally.files() > 0) {
        String name = terminal.text("kind." + kind.getKey());
        out.println(terminal.text("collect.kind", name, tally.files(), units.size(tally.bytes())));
      }
    }
    out.println(terminal.text("collect.found", result.files().size()));
    out.flush();
  }

  @Override
  public synchronized void listed(ScanResult result) {
    if (verbose) {
      for (MediaFile file : result.files()) {
        out.println(path(file));
      }
    }
    out.println(terminal.text("collect.dry", units.size(result.bytes())));
    out.flush();
  }

  @Override
  public boolean confirmed() throws IOException {
    return Confirmation.ask(terminal, out, server);
  }

  @Override
  public synchronized void sending(ScanResult result) {
    if (terminal.errorsInteractive() && !result.files().isEmpty()) {
      progress = new Progress(terminal, units, result.files().size(), result.bytes());
      progress.start();
    }
  }

  @Override
  public synchronized void waiting(
      int attempt, Duration pause, Duration left, ServerTrouble trouble) {
    complain(troubles.waiting(attempt, pause, left, trouble));
  }

  @Override
  public void started(MediaFile file) {
    Progress shown = progress;
    if (shown != null) {
      shown.started(file);
    }
    if (verbose) {
      long size = file.stamp().size();
      line(terminal.text("collect.file", path(file), size, Sender.partBytes(size)));
    }
  }

  @Override
  public void acknowledged(long bytes) {
    Progress shown = progress;
    if (shown != null) {
      shown.acknowledged(bytes);
    }
  }

  @Override
  public synchronized void finished(FileResult result) {
    if (progress != null) {
      progress.finished(result);
    }
    if (!result.outcome().safe()) {
      String outcome = terminal.text("outcome." + result.outcome());
      String trouble = result.trouble().map(troubles::of).orElse("");
      missing.add(terminal.text("collect.missing", path(result.file()), outcome, trouble));
    }
  }

  /** A file that could not be read when it was looked for did not arrive either. */
  private String missing(Notice unreadable) {
    FileTrouble.Code code =
        unreadable.kind() == Notice.Kind.DENIED_FILE
            ? FileTrouble.Code.DENIED
            : FileTrouble.Code.UNREADABLE;
    return terminal.text(
        "collect.missing",
        path(unreadable),
        terminal.text("outcome." + FileResult.Outcome.UNREADABLE),
        troubles.of(new FileTrouble(code, 0, 1, unreadable.detail())));
  }

  @Override
  public synchronized void summary(SendSummary summary, ScanResult result, Exit exit) {
    endProgress();
    List<String> lines = new ArrayList<>(missing);
    for (Notice file : result.unreadable()) {
      lines.add(missing(file));
    }
    out.println(
        terminal.text(
            "collect.summary",
            summary.stored(),
            units.size(summary.storedBytes()),
            summary.have(),
            lines.size(),
            units.size(summary.sentBytes()),
            units.duration(summary.duration())));
    if (!lines.isEmpty()) {
      out.println(terminal.text("collect.missing.head"));
      for (String line : lines) {
        out.println(line);
      }
    }
    List<Notice> unseen = result.unseen();
    if (!unseen.isEmpty()) {
      out.println(terminal.text("collect.unseen.head", unseen.size()));
      for (Notice place : unseen) {
        out.println(terminal.text("collect.unseen", words(place)));
      }
    }
    out.println(terminal.text(exit == Exit.DONE ? "collect.done" : "collect.partial"));
    out.flush();
  }

  @Override
  public synchronized void error(String message, Exit exit) {
    endProgress();
    terminal.complain(message);
    for (String line : missing) {
      terminal.err().println(line);
    }
    terminal.err().flush();
  }

  @Override
  public void failed(SendException end, Exit exit) {
    error(troubles.of(end), exit);
  }

  private void endProgress() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  private synchronized void line(String text) {
    if (progress != null) {
      Progress.clear(terminal.err());
    }
    out.println(text);
    out.flush();
  }

  private void complain(String message) {
    if (terminal.errorsInteractive()) {
      Progress.clear(terminal.err());
    }
    terminal.complain(message);
  }

  private static String path(Notice notice) {
    return PathText.printable(notice.path().toString());
  }

  private static String path(MediaFile file) {
    return PathText.printable(PathText.decoded(file.wirePath()));
  }
}
