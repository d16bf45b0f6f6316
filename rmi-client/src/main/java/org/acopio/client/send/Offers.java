package org.acopio.client.send;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.acopio.remote.Batch;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;

/** Offers files, first and again. */
final class Offers {
  private final Run run;

  Offers(Run run) {
    this.run = run;
  }

  /** Offers what the desk has, until the run is over. */
  void serve() throws SendException, InterruptedException {
    while (true) {
      List<Work> works = run.desk().toOffer(Sizes.OFFER_FILES);
      if (works.isEmpty()) {
        return;
      }
      works.removeIf(this::unofferable);
      renew(works);
      works.forEach(run.desk()::wanted);
    }
  }

  /**
   * Sees to it that all of {@code works} are offered on one link, and takes those away that the
   * server does not want: they have their result or their next step.
   *
   * @return the link
   */
  Link renew(List<Work> works) throws SendException, InterruptedException {
    while (true) {
      Link link = run.lifeline().link();
      List<Work> stale = new ArrayList<>();
      for (Work work : works) {
        if (!work.offeredOn(link) && stale.size() < link.ticket().batchItems()) {
          stale.add(work);
        }
      }
      if (stale.isEmpty()) {
        return link;
      }
      try {
        works.removeAll(offer(link, stale));
      } catch (LinkLostException e) {
        // The next turn has the next link.
        continue;
      }
    }
  }

  /** Offers, and returns those that the server does not want. */
  private Set<Work> offer(Link link, List<Work> works) throws LinkLostException, SendException {
    List<FileOffer> offers = works.stream().map(Work::offer).toList();
    List<Verdict> verdicts =
        run.lifeline()
            .answers(
                link,
                offers.size(),
                Verdict.class,
                (collector, ticket) -> collector.offer(ticket, Batch.ofOffers(offers)));
    Set<Work> unwanted = new HashSet<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (!wants(link, works.get(i), verdicts.get(i))) {
        unwanted.add(works.get(i));
      }
    }
    return unwanted;
  }

  private boolean unofferable(Work work) {
    try {
      work.offer();
      return false;
    } catch (IllegalArgumentException e) {
      run.outcomes().unofferable(work, e);
      return true;
    }
  }

  private boolean wants(Link link, Work work, Verdict verdict) {
    if (work.offerFirst()) {
      run.lifeline().progress();
    }
    if (verdict instanceof Verdict.Send send) {
      work.wanted(link, send);
      return true;
    }
    if (verdict instanceof Verdict.Have have) {
      run.lifeline().progress();
      run.outcomes().had(work, have.receipt());
    } else {
      run.outcomes().refused(work, (Refused) verdict);
    }
    return false;
  }
}
