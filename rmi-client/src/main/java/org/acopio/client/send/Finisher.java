package org.acopio.client.send;

import java.util.ArrayList;
import java.util.List;
import org.acopio.remote.Batch;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;

/** Asks for the receipts of files that were sent whole, many in one call. */
final class Finisher {
  private final Run run;
  private final Offers offers;

  Finisher(Run run) {
    this.run = run;
    this.offers = new Offers(run);
  }

  /** Finishes what the desk has, until the run is over. */
  void serve() throws SendException, InterruptedException {
    while (true) {
      List<Work> group = run.desk().toFinish(Sizes.FINISH_FILES);
      if (group.isEmpty()) {
        return;
      }
      finish(new ArrayList<>(group));
      run.desk().finished(group.size());
    }
  }

  private void finish(List<Work> left) throws SendException, InterruptedException {
    while (!left.isEmpty()) {
      Link link = offers.renew(left);
      left.removeIf(this::sendMissing);
      List<Work> group = left.subList(0, Math.min(left.size(), link.ticket().batchItems()));
      group.forEach(Work::contributed);
      try {
        finish(link, List.copyOf(group));
        group.clear();
      } catch (LinkLostException e) {
        // The next turn offers them on the next link: some may have their receipt by then.
        continue;
      }
    }
  }

  /** After a loss the server may miss bytes again. */
  private boolean sendMissing(Work work) {
    boolean missing = !work.missing().isEmpty();
    if (missing) {
      run.desk().wanted(work);
    }
    return missing;
  }

  private void finish(Link link, List<Work> works) throws LinkLostException, SendException {
    List<FileDigest> claims =
        works.stream()
            .map(
                work ->
                    new FileDigest(
                        work.upload(), work.digest().orElseThrow(), work.partChecksums()))
            .toList();
    List<Completion> answers =
        run.lifeline()
            .answers(
                link,
                claims.size(),
                Completion.class,
                (collector, ticket) -> collector.finish(ticket, Batch.ofDigests(claims)));
    for (int i = 0; i < works.size(); i++) {
      if (answers.get(i) instanceof Completion.Stored) {
        run.lifeline().progress();
      }
      run.outcomes().completed(works.get(i), answers.get(i));
    }
  }
}
