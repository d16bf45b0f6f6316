package org.acopio.web.console.library;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;

/** Tells open pages of the library that there are files that they do not show yet. */
@ApplicationScoped
public class LibraryTopic implements LiveTopic {
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "library";
  }

  /** {@code upTo}: the greatest number of a file that a search would find. */
  @Override
  public JsonObject snapshot() {
    return Json.createObjectBuilder().add("upTo", acopio.library().lastRead()).build();
  }
}
