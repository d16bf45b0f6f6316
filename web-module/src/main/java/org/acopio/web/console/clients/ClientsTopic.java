package org.acopio.web.console.clients;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.acopio.collect.Counts;
import org.acopio.collect.Progress;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;

/** Tells open pages of clients that there is more to show of them; they then ask for it. */
@ApplicationScoped
public class ClientsTopic implements LiveTopic {
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "clients";
  }

  /** Figures of which one changes with every collection and every file of one. */
  @Override
  public JsonObject snapshot() {
    Progress progress = acopio.collector().progress();
    Counts counts = progress.counts();
    return Json.createObjectBuilder()
        .add("collections", counts.collections())
        .add("open", progress.openCollections())
        .add("files", counts.stored() + counts.had() + counts.refused() + counts.changed())
        .build();
  }
}
