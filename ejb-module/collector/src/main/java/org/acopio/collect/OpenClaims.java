package org.acopio.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the agent of an open collection said it has, and what came of it. What is proven takes eight
 * bytes a file; what is not is bounded by the limit of files that may be begun, and by {@link
 * #MAX_REFUSED} and {@link #MAX_REFUSED_BYTES}, beyond which {@link #crowded} asks that it be
 * handed over. Thread-safe.
 */
final class OpenClaims {
  static final int MAX_REFUSED = 1_000;
  static final int MAX_REFUSED_BYTES = 256 * 1024;

  /** A file without proof. */
  static final class Claim {
    final FilePath path;
    final long size;
    final Instant modified;
    final Instant saidAt;

    /** Nothing when the server did not want bytes of it. */
    final @Nullable Long upload;

    /** The last that the server said against it; nothing while there was nothing. */
    @Nullable String reason;

    String detail = "";

    private Claim(FileOffer offer, @Nullable Long upload, Instant saidAt) {
      this.path = offer.path();
      this.size = offer.size();
      this.modified = offer.modified();
      this.upload = upload;
      this.saidAt = saidAt;
    }
  }

  /** Writes down what is handed over; when it throws, nothing is forgotten. */
  interface Taker {
    /**
     * @param proven since the last time, ascending
     * @param unproven the last words that are not proven, said after those of {@code proven}
     */
    void take(long[] proven, List<Claim> unproven);
  }

  private final FileNumbers handedOver = new FileNumbers();
  private final FileNumbers proven = new FileNumbers();
  private final Map<FilePath, Claim> unproven = new HashMap<>();
  private final Map<Long, Claim> uploads = new HashMap<>();
  private int refused;
  private int refusedBytes;

  /** Offers and their answers, in the same order. */
  synchronized void offered(List<FileOffer> offers, List<Verdict> verdicts, Instant now) {
    for (int i = 0; i < verdicts.size(); i++) {
      FileOffer offer = offers.get(i);
      Verdict verdict = verdicts.get(i);
      if (verdict instanceof Verdict.Have have) {
        forget(offer.path());
        proven.add(have.receipt().file());
      } else if (verdict instanceof Verdict.Send send) {
        put(new Claim(offer, send.upload(), now));
      } else {
        Claim claim = new Claim(offer, null, now);
        put(claim);
        refuse(claim, (Refused) verdict);
      }
    }
  }

  /** What was sent whole and what became of it, in the same order. */
  synchronized void finished(List<FileDigest> files, List<Completion> completions) {
    for (int i = 0; i < completions.size(); i++) {
      Claim claim = uploads.get(files.get(i).upload());
      Completion completion = completions.get(i);
      if (completion instanceof Completion.Stored stored) {
        proven.add(stored.receipt().file());
        if (claim != null) {
          forget(claim.path);
        }
      } else if (claim != null) {
        judge(claim, completion);
      }
    }
  }

  private void judge(Claim claim, Completion completion) {
    if (completion instanceof Refused no) {
      refuse(claim, no);
    } else if (completion instanceof Completion.Changed changed) {
      claim.reason = Unproven.CHANGED;
      claim.detail = "the file changed while it was read; parts to send again: " + changed.parts();
    } else if (completion instanceof Completion.Corrupt corrupt) {
      claim.reason = Unproven.CORRUPT;
      claim.detail = "the store lost bytes; parts to send again: " + corrupt.parts();
    } else {
      claim.reason = null;
    }
  }

  private void refuse(Claim claim, Refused no) {
    claim.reason = Unproven.reason(no.reason());
    claim.detail = no.detail();
    refused++;
    refusedBytes += claim.path.length() + claim.detail.length();
  }

  private void put(Claim claim) {
    forget(claim.path);
    unproven.put(claim.path, claim);
    if (claim.upload != null) {
      uploads.put(claim.upload, claim);
    }
  }

  private void forget(FilePath path) {
    Claim before = unproven.remove(path);
    if (before != null && before.upload != null) {
      uploads.remove(before.upload);
    }
  }

  /** True when what was refused is to be handed over: it would take too much memory. */
  synchronized boolean crowded() {
    return refused >= MAX_REFUSED || refusedBytes >= MAX_REFUSED_BYTES;
  }

  /** Hands over what was said since the last time. */
  synchronized void handOver(Taker taker) {
    if (proven.isEmpty() && unproven.isEmpty()) {
      return;
    }
    taker.take(proven.toArray(), new ArrayList<>(unproven.values()));
    handedOver.addAll(proven);
    proven.clear();
    unproven.clear();
    uploads.clear();
    refused = 0;
    refusedBytes = 0;
  }

  /** A file that turned out to be stored while it was handed over. */
  synchronized void prove(long file) {
    handedOver.add(file);
  }

  /** All files that were handed over, ascending, each once. */
  synchronized long[] handedOver() {
    return handedOver.toArray();
  }
}
