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
  private final Set<FileTrouble.Code> lasting = ConcurrentHashMap.newKeySet();

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
      repeat(work, FileResult.Outcome.FAILED, FileTrouble.Code.STORE_DAMAGED);
    } else if (completion instanceof Completion.Changed changed) {
      work.damaged(changed.parts());
      repeat(work, FileResult.Outcome.CHANGED, FileTrouble.Code.CONTENT_CHANGED);
    } else if (completion instanceof Completion.Incomplete incomplete) {
      work.incomplete(incomplete.missing());
      repeat(work, FileResult.Outcome.FAILED, FileTrouble.Code.BYTES_MISSING);
    } else {
      refused(work, (Refused) completion);
    }
  }

  void refused(Work work, Refused refused) {
    Refused.Reason reason = refused.reason();
    FileTrouble.Code code = FileTrouble.Code.of(reason);
    if (!reason.retryable()) {
      fail(work, FileResult.Outcome.REFUSED, trouble(work, code, 1, refused.detail()));
    } else if (reason == Refused.Reason.TOO_MANY_OPEN && desk.othersHeld()) {
      desk.narrow();
      desk.offerLater(work, CROWDED_DELAY);
    } else {
      retry(work, code, refused.detail());
    }
  }

  /** A block of it was not taken. */
  void rejected(Work work, BlockReply reply) {
    BlockReply.Outcome outcome = reply.outcome();
    FileTrouble.Code code = FileTrouble.Code.of(outcome);
    if (outcome.retryable() || outcome == BlockReply.Outcome.UNKNOWN_UPLOAD) {
      retry(work, code, reply.detail());
    } else {
      fail(work, FileResult.Outcome.FAILED, trouble(work, code, 1, reply.detail()));
    }
  }

  /** It is not what it was offered as. */
  void changed(Work work, FileTrouble.Code code) {
    work.changes++;
    if (work.changes > Work.TRIES) {
      fail(work, FileResult.Outcome.CHANGED, trouble(work, code, work.changes, ""));
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
    FileTrouble.Code code = Troubles.ofFile(failure);
    fail(work, FileResult.Outcome.UNREADABLE, trouble(work, code, 1, Troubles.text(failure)));
  }

  /** It cannot even be offered. */
  void unofferable(Work work, IllegalArgumentException failure) {
    FileTrouble.Code code = FileTrouble.Code.BAD_PATH;
    fail(work, FileResult.Outcome.REFUSED, trouble(work, code, 1, Troubles.text(failure)));
  }

  private void repeat(Work work, FileResult.Outcome otherwise, FileTrouble.Code code) {
    work.repeats++;
    if (work.repeats > Work.TRIES) {
      fail(work, otherwise, trouble(work, code, work.repeats, ""));
    } else {
      desk.wanted(work);
    }
  }

  private void retry(Work work, FileTrouble.Code code, String detail) {
    work.refusals++;
    if (work.refusals > REFUSALS || lasting.contains(code)) {
      lasting.add(code);
      fail(work, FileResult.Outcome.FAILED, trouble(work, code, work.refusals, detail));
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
          trouble(work, FileTrouble.Code.WRONG_RECEIPT, 1, receipt.digest().toString()));
      return;
    }
    tally.finished(
        new FileResult(
            work.file(),
            outcome,
            Optional.of(receipt.digest().toString()),
            Optional.of(receipt.storedAs()),
            receipt.version(),
            Optional.empty()));
    desk.done();
  }

  private static FileTrouble trouble(Work work, FileTrouble.Code code, int tries, String detail) {
    return new FileTrouble(code, work.size(), tries, detail);
  }

  private void fail(Work work, FileResult.Outcome outcome, FileTrouble trouble) {
    tally.finished(
        new FileResult(
            work.file(), outcome, Optional.empty(), Optional.empty(), 0, Optional.of(trouble)));
    desk.done();
  }

  private Duration doubled(int times) {
    return firstDelay.multipliedBy(1L << Math.min(10, times - 1));
  }
}
