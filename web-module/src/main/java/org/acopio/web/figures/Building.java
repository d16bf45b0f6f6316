package org.acopio.web.figures;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/**
 * Makes the builders of an answer, which may have thousands of them. {@link Json} itself looks for
 * its provider on the class path each time, which costs more than everything else together.
 */
public final class Building {
  private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

  private Building() {}

  public static JsonObjectBuilder object() {
    return FACTORY.createObjectBuilder();
  }

  public static JsonArrayBuilder array() {
    return FACTORY.createArrayBuilder();
  }
}
