package org.acopio.client.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.Evenness;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.FileResult.Outcome;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.Identities;
import org.acopio.client.send.ParityRefusedException;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendListener;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.Sender;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerStatus;
import org.acopio.client.send.ServerTrouble;
import org.jspecify.annotations.Nullable;

/** A server that lives in the test: takes all files, or what it is told to answer. */
final class FakeServers implements Servers {
  final List<String> asked = new ArrayList<>();
  final List<MediaFile> received = new ArrayList<>();
  @Nullable ServerAddress address;
  Sender.@Nullable Options options;
  Enrolment.@Nullable Request enrolment;
  @Nullable Identities identities;

  /** What a server does with the identity of a PC at the beginning of a run. */
  Consumer<SendListener> checkIn = listener -> {};

  @Nullable SendException failure;
  @Nullable ParityRefusedException refusal;
  Instant clock = Instant.parse("2026-03-01T10:00:30Z");
  Outcome outcome = Outcome.STORED;

  /** What is wrong with each file when the outcome is not a good one. */
  FileTrouble.Code code = FileTrouble.Code.OTHER;

  /** What happens to a file before it is read. */
  UnaryOperator<MediaFile> meanwhile = file -> file;

  boolean compatible = true;
  int open;

  /** From now on no server does what it is asked for, after three tries in 9 seconds. */
  void fail(SendException.Kind kind, ServerTrouble.Code code) {
    ServerAddress server = new ServerAddress("store", 77);
    ServerTrouble trouble = new ServerTrouble(code, server, 4, 5, "their words");
    int tries = kind == SendException.Kind.UNREACHABLE ? 3 : 1;
    failure = new SendException(kind, trouble, tries, Duration.ofSeconds(9), null);
  }

  private SendException fail(SendListener listener) {
    SendException end = Objects.requireNonNull(failure);
    if (end.tries() > 1) {
      listener.waiting(1, Duration.ofMillis(250), end.patience(), end.trouble());
    }
    return end;
  }

  @Override
  public Delivery deliver(ServerAddress server, Sender.Options given, SendListener listener) {
    address = server;
    options = given;
    open++;
    return new Delivery() {
      @Override
      public SendSummary send(List<MediaFile> files) throws SendException {
        if (failure != null) {
          throw fail(listener);
        }
        checkIn.accept(listener);
        files.forEach(file -> take(file, listener));
        return summary(files);
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  private void take(MediaFile found, SendListener listener) {
    received.add(found);
    MediaFile file = meanwhile.apply(found);
    listener.started(file);
    listener.acknowledged(file.stamp().size());
    byte[] digest = new byte[32];
    digest[31] = 7;
    // As if the file had been left alone for a while before it was read.
    listener.digested(file, digest, Instant.now().plusSeconds(1));
    Optional<String> safe = outcome.safe() ? Optional.of("00".repeat(31) + "07") : Optional.empty();
    listener.finished(
        new FileResult(
            file,
            outcome,
            safe,
            safe.map(sha -> "127.0.0.1/" + file.path().getFileName()),
            outcome.safe() ? 1 : 0,
            outcome.safe()
                ? Optional.empty()
                : Optional.of(new FileTrouble(code, file.stamp().size(), 4, "because \"so\""))));
  }

  private SendSummary summary(List<MediaFile> files) {
    long bytes = files.stream().mapToLong(file -> file.stamp().size()).sum();
    long all = files.size();
    return new SendSummary(
        all,
        bytes,
        outcome == Outcome.STORED ? all : 0,
        outcome == Outcome.STORED ? bytes : 0,
        outcome == Outcome.HAVE ? all : 0,
        outcome == Outcome.REFUSED ? all : 0,
        outcome == Outcome.CHANGED ? all : 0,
        outcome == Outcome.UNREADABLE ? all : 0,
        outcome == Outcome.FAILED ? all : 0,
        bytes,
        Duration.ofMillis(1250));
  }

  @Override
  public Enrolment.Enrolled enrol(
      ServerAddress server, Enrolment.Request request, SendListener listener) throws SendException {
    address = server;
    enrolment = request;
    if (failure != null) {
      throw fail(listener);
    }
    return new Enrolment.Enrolled("a1".repeat(32), "b2".repeat(32), Path.of("journal", "identity"));
  }

  @Override
  public Questions ask(
      ServerAddress server, Identities known, Duration patience, SendListener listener)
      throws SendException {
    address = server;
    identities = known;
    if (failure != null) {
      throw fail(listener);
    }
    open++;
    return new Questions() {
      @Override
      public ServerStatus status() {
        return new ServerStatus(
            "1.2.3",
            4,
            compatible,
            "store-5",
            clock,
            Duration.ofNanos(900_000),
            Duration.ofNanos(1_500_000));
      }

      @Override
      public Evenness evenness(String decimal) throws ParityRefusedException {
        asked.add(decimal);
        if (refusal != null) {
          throw refusal;
        }
        return (decimal.charAt(decimal.length() - 1) - '0') % 2 == 0 ? Evenness.EVEN : Evenness.ODD;
      }

      @Override
      public void close() {
        open--;
      }
    };
  }
}
