package org.acopio.web.console.administration;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.acopio.account.Deed;
import org.acopio.catalog.AgentAccess;
import org.acopio.server.Acopio;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The agents that have been here, a page at a time, and which of them may not collect. */
@Named
@ViewScoped
public class Agents extends LazyDataModel<AgentAccess> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int SHORT_ID = 12;

  @EJB private transient Acopio acopio;
  @Inject private Gate gate;

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return (int) Math.min(Integer.MAX_VALUE, acopio.catalog().agents().count());
  }

  @Override
  public List<AgentAccess> load(
      int first, int size, Map<String, SortMeta> order, Map<String, FilterMeta> filters) {
    return acopio.catalog().agents().page(first, Math.max(1, size));
  }

  @Override
  public String getRowKey(AgentAccess agent) {
    return Long.toString(agent.number());
  }

  /** The agent of the key; faces asks for it when a button of a row is pressed. */
  @Override
  public AgentAccess getRowData(String key) {
    return acopio.catalog().agents().find(Long.parseLong(key)).orElse(null);
  }

  /** As many characters of an agent's id as people need. */
  public String shortId(AgentAccess agent) {
    return agent.id().toString().substring(0, SHORT_ID);
  }

  public void block(AgentAccess agent, boolean blocked) {
    String target = agent.hostName() + " " + shortId(agent);
    if (gate.change(
        Deed.done(blocked ? "agent.block" : "agent.unblock", target),
        () -> acopio.collector().block(agent.number(), blocked))) {
      gate.confirm(blocked ? "agentBlocked" : "agentUnblocked", agent.hostName());
    }
  }
}
