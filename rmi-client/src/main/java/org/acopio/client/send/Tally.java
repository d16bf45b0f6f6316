package org.acopio.client.send;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.acopio.client.scan.MediaFile;

/** Counts results, and tells the listener. Safe for use by several threads. */
final class Tally {
  private final SendListener listener;
  private final Map<FileResult.Outcome, LongAdder> results =
      new EnumMap<>(FileResult.Outcome.class);
  private final LongAdder storedBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();

  Tally(SendListener listener) {
    this.listener = listener;
    for (FileResult.Outcome outcome : FileResult.Outcome.values()) {
      results.put(outcome, new LongAdder());
    }
  }

  void started(Work work) {
    if (work.start()) {
      listener.started(work.file());
    }
  }

  /** The server took a block. */
  void accepted(Work work, int bytes) {
    work.contributed();
    sentBytes.add(bytes);
    listener.acknowledged(bytes);
  }

  /** The whole of a file was read. */
  void read(Work work, ContentReader.Content content) {
    work.content(content);
    if (work.tellDigest()) {
      listener.digested(work.file(), content.digest().bytes(), content.since());
    }
  }

  void finished(FileResult result) {
    results.get(result.outcome()).increment();
    if (result.outcome() == FileResult.Outcome.STORED) {
      storedBytes.add(result.file().stamp().size());
    }
    listener.finished(result);
  }

  SendSummary summary(List<MediaFile> files, Duration duration) {
    long bytes = 0;
    for (MediaFile file : files) {
      bytes += file.stamp().size();
    }
    return new SendSummary(
        files.size(),
        bytes,
        count(FileResult.Outcome.STORED),
        storedBytes.sum(),
        count(FileResult.Outcome.HAVE),
        count(FileResult.Outcome.REFUSED),
        count(FileResult.Outcome.CHANGED),
        count(FileResult.Outcome.UNREADABLE),
        count(FileResult.Outcome.FAILED),
        sentBytes.sum(),
        duration);
  }

  private long count(FileResult.Outcome outcome) {
    return results.get(outcome).sum();
  }
}
