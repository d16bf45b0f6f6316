package org.acopio.client.send;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.acopio.client.scan.FileStamp;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Completion;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;

/**
 * Decides what an answer means for a file: its result, or its next step at the {@link Desk}. Safe
 * for use by several threads.
 */
final class Outcomes {
  /** How often a file is offered again that the server could not take, within 8 seconds. */
  private static final int REFUSALS = 5;

  static final Duration FIRST_DELAY = Duration.ofMillis(250);

  private static final Duration CROWDED_DELAY = Duration.ofMillis(50);

  private final Desk desk;
  private final Tally tally;
  private final Duration firstDelay;

  /** Reasons that outlasted all tries of some file: until something is stored, others fail fast. */
  private final Set<String> lasting = ConcurrentHashMap.newKeySet();

  Outcomes(Desk desk, Tally tally, Duration firstDelay) {
    this.desk = desk;
    this.tally = tally;
    this.firstDelay = firstDelay;
  }

  /** The server has it. */
  void had(Work work, Receipt receipt) {
    FileResult.Outcome outcome =
        work.hasContributed() ? FileResult.Outcome.STORED : FileResult.Outcome.HAVE;
    received(work, receipt, outcome);
  }

  void completed(Work work, Completion completion) {
    if (completion instanceof Completion.Stored stored) {
      lasting.clear();
      received(work, stored.receipt(), FileResult.Outcome.STORED);
    } else if (completion instanceof Completion.Corrupt corrupt) {
      work.damaged(corrupt.parts());
      repeat(work, FileResult.Outcome.FAILED, "the server's store damaged it each time");
    } else if (completion instanceof Completion.Changed changed) {
      work.damaged(changed.parts());
      repeat(work, FileResult.Outcome.CHANGED, "its content changed each time it was read");
    } else if (completion instanceof Completion.Incomplete incomplete) {
      work.incomplete(incomplete.missing());
      repeat(work, FileResult.Outcome.FAILED, "the server missed bytes of it each time");
    } else {
      refused(work, (Refused) completion);
    }
  }

  void refused(Work work, Refused refused) {
    Refused.Reason reason = refused.reason();
    if (!reason.retryable()) {
      fail(work, FileResult.Outcome.REFUSED, refused.detail());
    } else if (reason == Refused.Reason.TOO_MANY_OPEN && desk.othersHeld()) {
      desk.narrow();
      desk.offerLater(work, CROWDED_DELAY);
    } else {
      retry(work, reason.name(), refused.detail());
    }
  }

  /** A block of it was not taken. */
  void rejected(Work work, BlockReply reply) {
    BlockReply.Outcome outcome = reply.outcome();
    if (outcome.retryable() || outcome == BlockReply.Outcome.UNKNOWN_UPLOAD) {
      retry(work, outcome.name(), reply.detail());
    } else {
      fail(work, FileResult.Outcome.FAILED, reply.detail());
    }
  }

  /** It is not what it was offered as. */
  void changed(Work work, String reason) {
    work.changes++;
    if (work.changes > Work.TRIES) {
      fail(work, FileResult.Outcome.CHANGED, reason);
      return;
    }
    try {
      FileStamp stamp = FileStamp.of(work.file().path());
      work.changedTo(stamp);
      desk.offerLater(work, doubled(work.changes));
    } catch (IOException e) {
      unreadable(work, e);
    }
  }

  void unreadable(Work work, Exception failure) {
    fail(work, FileResult.Outcome.UNREADABLE, Reasons.ofFile(failure));
  }

  /** It cannot even be offered. */
  void unofferable(Work work, IllegalArgumentException failure) {
    fail(work, FileResult.Outcome.REFUSED, Reasons.ofFile(failure));
  }

  private void repeat(Work work, FileResult.Outcome otherwise, String reason) {
    work.repeats++;
    if (work.repeats > Work.TRIES) {
      fail(work, otherwise, reason);
    } else {
      desk.wanted(work);
    }
  }

  private void retry(Work work, String reason, String detail) {
    work.refusals++;
    if (work.refusals > REFUSALS || lasting.contains(reason)) {
      lasting.add(reason);
      fail(work, FileResult.Outcome.FAILED, detail);
    } else {
      desk.offerLater(work, doubled(work.refusals));
    }
  }

  private void received(Work work, Receipt receipt, FileResult.Outcome outcome) {
    boolean same =
        receipt.size() == work.size()
            && work.digest().map(receipt.digest()::equals).orElse(Boolean.TRUE);
    if (!same) {
      fail(
          work,
          FileResult.Outcome.FAILED,
          "the server's receipt is for SHA-256 " + receipt.digest() + ", which this file has not");
      return;
    }
    tally.finished(
        new FileResult(
            work.file(),
            outcome,
            Optional.of(receipt.digest().toString()),
            Optional.of(receipt.storedAs()),
            receipt.version(),
            ""));
    desk.done();
  }

  private void fail(Work work, FileResult.Outcome outcome, String reason) {
    tally.finished(
        new FileResult(work.file(), outcome, Optional.empty(), Optional.empty(), 0, reason));
    desk.done();
  }

  private Duration doubled(int times) {
    return firstDelay.multipliedBy(1L << Math.min(10, times - 1));
  }
}
