package org.acopio.web.console.endpoints;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.acopio.web.console.LiveTopic;
import org.acopio.web.ports.PortFigures;

/** What the page shows as it changes. */
@ApplicationScoped
public class EndpointsTopic implements LiveTopic {
  @Inject private PortFigures figures;

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public JsonObject snapshot() {
    return figures.all();
  }
}
