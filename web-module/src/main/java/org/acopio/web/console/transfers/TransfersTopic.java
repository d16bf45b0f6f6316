package org.acopio.web.console.transfers;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;
import org.acopio.web.figures.TransferFigures;

/** What the page shows as it changes. */
@ApplicationScoped
public class TransfersTopic implements LiveTopic {
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "transfers";
  }

  @Override
  public JsonObject snapshot() {
    return TransferFigures.of(acopio.collector().progress(), TransferFigures.Extent.PAGE);
  }
}
