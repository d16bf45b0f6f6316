package org.acopio.web.figures;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/**
 * Makes the builders of a snapshot, which has a thousand of them. {@link Json} itself looks for its
 * provider on the class path each time, which costs more than everything else together.
 */
final class Building {
  private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

  private Building() {}

  static JsonObjectBuilder object() {
    return FACTORY.createObjectBuilder();
  }

  static JsonArrayBuilder array() {
    return FACTORY.createArrayBuilder();
  }
}
