package org.acopio.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Claim.Ending;
import org.acopio.remote.FilePath;
import org.acopio.remote.StoredFile;

/**
 * What agents said they have, against what files of the store prove. Every file of an agent is
 * proof of what it said once. Of what is not proven the last word of each path is kept, in the
 * order in which {@link #settle} was called for the agent.
 *
 * <p>As safe as {@link Catalog}, and fails as it does. Unlike what is said of files, the last
 * moments of this may be lost when the power goes: the files themselves are the proof.
 */
public final class Claims {
  private final Asked asked;

  Claims(Asked asked) {
    this.asked = asked;
  }

  /**
   * Writes down what was said since the last time.
   *
   * @param proven numbers of files of the agent that prove what it said; whatever was said of their
   *     paths before and was not proven is forgotten
   * @param unproven the last words that are not proven, one for each path; they come after those of
   *     {@code proven}
   */
  public void settle(long agent, long collection, long[] proven, List<UnprovenFile> unproven) {
    long[] sorted = proven.clone();
    Arrays.sort(sorted);
    asked.ask(
        "write down what an agent said",
        entities -> {
          ClaimRows rows = new ClaimRows(entities);
          rows.settle(agent, sorted);
          rows.add(agent, collection, unproven);
          return true;
        });
  }

  /**
   * Writes down how a collection ended. The last word counts when there are several.
   *
   * @param proven numbers of all files that prove what was said in it, ascending, each once
   * @param ending how it ended
   */
  public Claim end(long agent, long collection, long[] proven, Ending ending) {
    return asked.ask(
        "write down what was said in collection " + collection,
        entities -> new ClaimRows(entities).end(agent, collection, proven, ending));
  }

  /** The numbers of the files that prove what was said in a collection, ascending. */
  public Optional<long[]> proof(long collection) {
    return asked.ask("look for a proof", entities -> new ClaimRows(entities).proof(collection));
  }

  /** As {@link Catalog#list}, but only what came from one address. */
  public List<StoredFile> list(long agent, long client, long after, int limit) {
    return asked.ask(
        "list files", entities -> new Lookups(entities).list(agent, client, after, limit));
  }

  /** The files with these numbers, ascending, as far as they are this agent's. */
  public List<StoredFile> files(long agent, long[] numbers) {
    return asked.ask("look for files", entities -> new Lookups(entities).files(agent, numbers));
  }

  /** How many files of an agent are not proven, and their bytes. */
  public Totals unproven(long agent) {
    return asked.ask(
        "count what is not proven", entities -> new ClaimRows(entities).unproven(agent));
  }

  /**
   * A page of what is not proven of what an agent said, in an order that does not change.
   *
   * @param collection only where the last word was said in this one, or all when empty
   * @param after the path of the last of the page before, or nothing for the first page
   * @param limit the most files to return, at least 1
   */
  public List<UnprovenFile> unproven(
      long agent, Optional<Long> collection, Optional<FilePath> after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least 1 file, not " + limit);
    }
    return new ArrayList<>(
        asked.ask(
            "list what is not proven",
            entities -> new ClaimRows(entities).page(agent, collection, after, limit)));
  }
}
