package org.acopio.web.rest;

import java.util.List;
import org.acopio.catalog.Clients;
import org.acopio.catalog.KnownAgent;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** What a caller names an agent with: its id, or the first eight characters of it or more. */
final class AgentId {
  private AgentId() {}

  /**
   * The agents whose id begins so.
   *
   * @throws ProblemException if it cannot be the beginning of an id, or the catalog is away
   */
  static List<KnownAgent> find(Clients clients, String id) {
    if (!id.matches("[0-9a-fA-F]{8,64}")) {
      throw new ProblemException(Trouble.NOT_AN_AGENT_ID, id);
    }
    return Available.ask(() -> clients.agents(id));
  }
}
