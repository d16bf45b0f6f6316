package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.acopio.remote.Sha256;

/**
 * Who has collected: addresses, the agents behind them, their collections and their folders. As
 * safe as {@link Catalog}, and fails as it does.
 */
public final class Clients {
  /** What reading folders is for, as {@link Asked} wants it. */
  static final String READ_FOLDER = "read a folder";

  private final Asked asked;
  private final FolderTrees trees;

  Clients(Asked asked, FolderTrees trees) {
    this.asked = asked;
    this.trees = trees;
  }

  /** A page of addresses. */
  public List<KnownClient> clients(Listing listing) {
    return ask(rows -> rows.clients(listing));
  }

  /** How many addresses the text of {@code listing} finds. */
  public long countClients(Listing listing) {
    return ask(rows -> rows.countClients(listing));
  }

  /** The address, when agents have collected from it. */
  public Optional<KnownClient> client(String address) {
    return ask(rows -> rows.client(address));
  }

  /** A page of agents. */
  public List<KnownAgent> agents(Listing listing) {
    return ask(rows -> rows.agents(listing));
  }

  /** How many agents the text of {@code listing} finds. */
  public long countAgents(Listing listing) {
    return ask(rows -> rows.countAgents(listing));
  }

  /** The agent with this id. */
  public Optional<KnownAgent> agent(Sha256 id) {
    return ask(rows -> rows.agent(id));
  }

  /**
   * The agents whose id begins so, at most two: more than one means that the beginning is too
   * short.
   *
   * @param prefix 1 to 64 hexadecimal digits
   */
  public List<KnownAgent> agents(String prefix) {
    return ask(rows -> rows.agentsById(prefix));
  }

  /** The agents that came from an address, the latest first. */
  public List<KnownAgent> agentsOf(long client) {
    return ask(rows -> rows.agentsOf(client));
  }

  /**
   * A page of collections, the newest first.
   *
   * @param agent only this one's, or all when empty
   * @param client only from this address, or all when empty
   * @param before the last number of the page before, or {@link Long#MAX_VALUE}
   * @param limit the most to return, at least 1
   */
  public List<PastCollection> collections(
      Optional<Long> agent, Optional<Long> client, long before, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least 1 collection, not " + limit);
    }
    return asked.ask(
        "list collections",
        entities -> new CollectionLookups(entities).page(agent, client, before, limit));
  }

  /** The collection with this number. */
  public Optional<PastCollection> collection(long number) {
    return asked.ask(
        "look for a collection", entities -> new CollectionLookups(entities).one(number));
  }

  /**
   * A page of what lies directly in a folder. The first page of an agent or address reads all that
   * it has; the next ones, of any folder of it, only what is new. Of one with more files than there
   * is memory for, every page reads all, in chunks, and keeps no more than the page.
   */
  public FolderPage folder(FolderQuery query) {
    return trees.of(query).map(tree -> tree.page(query)).orElseGet(() -> scanned(query));
  }

  /** The same, found without a tree. */
  FolderPage scanned(FolderQuery query) {
    FolderScan scan = new FolderScan(query);
    for (long agent : query.agents()) {
      long after = 0;
      do {
        long from = after;
        after = asked.ask(READ_FOLDER, entities -> scan.chunk(entities, agent, from));
      } while (after > 0);
    }
    return scan.page();
  }

  private <T> T ask(Function<ClientLookups, T> question) {
    return asked.ask(
        "look for clients",
        (EntityManager entities) -> question.apply(new ClientLookups(entities)));
  }
}
