package org.acopio.client.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.acopio.client.scan.Journal;
import org.acopio.client.scan.JournalException;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Notice;
import org.acopio.client.scan.ScanListener;
import org.acopio.client.scan.ScanResult;
import org.acopio.client.scan.Scanner;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.Identities;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendListener;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.Sender;
import org.acopio.client.send.ServerTrouble;

/**
 * {@code acopio collect}: finds the media files of a PC, shows them, and brings them to a server.
 */
final class CollectCommand implements Command {
  private final Terminal terminal;
  private final Servers servers;
  private final Syntax syntax;

  CollectCommand(Terminal terminal, Servers servers, boolean described) {
    this.terminal = terminal;
    this.servers = servers;
    this.syntax = CollectOptions.addTo(new Syntax(terminal, "collect", described));
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public Exit run(Syntax.Arguments arguments) throws UsageException {
    CollectOptions options = CollectOptions.of(arguments, terminal);
    if (!options.yes() && !options.dryRun() && !terminal.inputInteractive()) {
      throw new UsageException(terminal.text("collect.nobody"));
    }
    CollectView view =
        options.json()
            ? new JsonView(terminal, options.server())
            : new TextView(terminal, options.server(), options.verbose());
    try (Journal journal = Journal.open(options.journal(), terminal.clock(), new Notices(view))) {
      return new Collection(options, view, journal).run();
    } catch (JournalException e) {
      throw JournalOption.unusable(terminal, e);
    }
  }

  /** Not a lambda: a run with nothing to do should not pay for the first one. */
  record Notices(CollectView view) implements Consumer<Notice> {
    @Override
    public void accept(Notice notice) {
      view.notice(notice);
    }
  }

  /** One run. */
  private final class Collection {
    private final CollectOptions options;
    private final CollectView view;
    private final Journal journal;
    private final Events events;

    Collection(CollectOptions options, CollectView view, Journal journal) {
      this.options = options;
      this.view = view;
      this.journal = journal;
      this.events = new Events(view, journal);
    }

    Exit run() {
      Interruption interruption = new Interruption(terminal, view, journal, events);
      try {
        if (options.dryRun()) {
          return dryRun();
        }
        enrol();
        try (Servers.Delivery delivery = servers.deliver(options.server(), sending(), events)) {
          return deliver(delivery);
        }
      } catch (SendException e) {
        return failed(e);
      } catch (IOException e) {
        return failed(terminal.text("collect.rootGone", e.getMessage()), Exit.USAGE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return interrupted();
      } catch (RuntimeException | OutOfMemoryError e) {
        Optional<String> words = Memory.complaint(e, terminal);
        if (words.isEmpty()) {
          throw e;
        }
        return failed(words.get(), Exit.PARTIAL);
      } finally {
        interruption.over();
      }
    }

    /** The first run of a PC that was invited is one command. */
    private void enrol() throws SendException {
      if (options.invitation().isPresent() && !identities().has(options.server())) {
        events.sending();
        view.enrolled(
            servers.enrol(
                options.server(),
                EnrolCommand.request(
                    terminal, options.invitation().get(), journal, options.patience()),
                events));
      }
    }

    private Identities identities() {
      return Identities.in(journal.directory());
    }

    private Exit failed(SendException e) {
      if (e.kind() == SendException.Kind.INTERRUPTED) {
        return interrupted();
      }
      Exit exit = ServerOption.exit(e);
      view.failed(e, exit);
      return exit;
    }

    private Exit interrupted() {
      return failed(terminal.text("collect.interrupted", events.safe()), Exit.INTERRUPTED);
    }

    private Exit failed(String message, Exit exit) {
      view.error(message, exit);
      return exit;
    }

    private Sender.Options sending() {
      return new Sender.Options(
          journal.agentKey(),
          Version.get(),
          HostName.get(terminal.environment()),
          identities(),
          options.lanes(),
          options.patience(),
          journal.wasEmpty());
    }

    private ScanResult scan() throws IOException, InterruptedException {
      ScanResult result = new Scanner(journal, events).scan(options.roots());
      view.found(result);
      return result;
    }

    private Exit dryRun() throws IOException, InterruptedException {
      ScanResult result = scan();
      view.listed(result);
      return result.problems().isEmpty() ? Exit.DONE : Exit.PARTIAL;
    }

    private Exit deliver(Servers.Delivery delivery)
        throws IOException, InterruptedException, SendException {
      ScanResult result = scan();
      if (!options.yes() && !result.files().isEmpty() && !view.confirmed()) {
        return failed(terminal.text("collect.cancelled"), Exit.INTERRUPTED);
      }
      view.sending(result);
      events.sending();
      SendSummary summary = delivery.send(result.files());
      Exit exit = summary.complete() && result.problems().isEmpty() ? Exit.DONE : Exit.PARTIAL;
      view.summary(summary, result, exit);
      return exit;
    }
  }

  /** Hands on what happens: to the journal what is to be remembered, to the view what is seen. */
  static final class Events implements ScanListener, SendListener {
    private final CollectView view;
    private final Journal journal;
    private final LongAdder safe = new LongAdder();
    private volatile boolean sending;

    Events(CollectView view, Journal journal) {
      this.view = view;
      this.journal = journal;
    }

    /** How many files the server has for good, as far as it said in this run. */
    long safe() {
      return safe.sum();
    }

    /** From now on somebody waits for the server. */
    void sending() {
      sending = true;
    }

    @Override
    public void noticed(Notice notice) {
      view.notice(notice);
    }

    @Override
    public void looked(long files) {
      view.looked(files);
    }

    @Override
    public void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {
      if (sending) {
        view.waiting(attempt, pause, left, trouble);
      }
    }

    @Override
    public void toldApart(byte[] agentKey) {
      journal.replaceAgentKey(agentKey);
      view.notice(new Notice(Notice.Kind.IDENTITY_CLONED, journal.directory(), ""));
    }

    @Override
    public void rekeyed() {
      view.notice(new Notice(Notice.Kind.IDENTITY_REKEYED, journal.directory(), ""));
    }

    @Override
    public void identityNotWritten(Path identity, String detail) {
      view.notice(new Notice(Notice.Kind.IDENTITY_NOT_WRITTEN, identity, detail));
    }

    @Override
    public void started(MediaFile file) {
      view.started(file);
    }

    @Override
    public void acknowledged(long bytes) {
      view.acknowledged(bytes);
    }

    @Override
    public void digested(MediaFile file, byte[] sha256, Instant since) {
      journal.remember(file, sha256, since);
    }

    @Override
    public void finished(FileResult result) {
      if (result.outcome().safe()) {
        safe.increment();
      }
      view.finished(result);
    }
  }
}
