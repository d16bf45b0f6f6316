package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code /openapi} says: the operations with their roles, answers, examples and schemas. */
record OpenApiDocument(JsonObject all) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /**
   * One operation.
   *
   * @param method in capitals
   * @param path with its parameters in braces
   */
  record Operation(String method, String path, JsonObject said) {
    /** {@code nobody}, {@code viewer} or {@code administrator}, by who is refused. */
    String role() {
      JsonObject responses = said.getJsonObject("responses");
      if (responses.containsKey("403")) {
        return "administrator";
      }
      return responses.containsKey("401") ? "viewer" : "nobody";
    }

    /** Whether only the token of the machine's administrator will do. */
    boolean needsToken() {
      return said.containsKey("security")
          && said.getJsonArray("security").stream()
              .allMatch(way -> way.asJsonObject().containsKey("bearer"));
    }

    String id() {
      return said.getString("operationId");
    }

    /** What is said of JSON as the answer when all goes well. */
    Optional<JsonObject> json() {
      return content(said.getJsonObject("responses").getJsonObject("200"));
    }

    /** Whether it answers with JSON when all goes well, whatever the status. */
    boolean answersJson() {
      return said.getJsonObject("responses").entrySet().stream()
          .filter(answer -> answer.getKey().startsWith("2"))
          .anyMatch(answer -> content(answer.getValue().asJsonObject()).isPresent());
    }

    /** What is said of a body that is asked for. */
    Optional<JsonObject> body() {
      return content(said.getJsonObject("requestBody"));
    }

    private static Optional<JsonObject> content(JsonObject of) {
      return of == null || !of.containsKey("content")
          ? Optional.empty()
          : Optional.ofNullable(of.getJsonObject("content").getJsonObject("application/json"));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonValue> path : all.getJsonObject("paths").entrySet()) {
      for (Map.Entry<String, JsonValue> one : path.getValue().asJsonObject().entrySet()) {
        if (METHODS.contains(one.getKey())) {
          operations.add(
              new Operation(
                  one.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  one.getValue().asJsonObject()));
        }
      }
    }
    return operations;
  }

  /** The example that goes with a schema. Some containers hand it on as its text. */
  static JsonValue example(JsonObject content) {
    JsonValue example = content.get("example");
    return example instanceof JsonString text && text.getString().startsWith("{")
        ? Json.createReader(new StringReader(text.getString())).readValue()
        : example;
  }

  /** The value is what the schema says, and nothing beside it. */
  void conforms(String at, JsonObject said, JsonValue value) {
    JsonObject schema = resolved(said);
    if (schema.containsKey("enum")) {
      assertTrue(schema.getJsonArray("enum").contains(value), () -> at + " is " + value);
    }
    switch (schema.getString("type")) {
      case "object" -> object(at, schema, value);
      case "array" -> array(at, schema, value);
      case "string" -> assertEquals(ValueType.STRING, value.getValueType(), at);
      case "number" -> assertEquals(ValueType.NUMBER, value.getValueType(), at);
      case "integer" ->
          assertTrue(
              value instanceof JsonNumber number && number.isIntegral(), () -> at + ": " + value);
      case "boolean" ->
          assertTrue(
              value == JsonValue.TRUE || value == JsonValue.FALSE, () -> at + " is " + value);
      default -> fail(at + " has a schema that this test does not know: " + schema);
    }
  }

  private void object(String at, JsonObject schema, JsonValue value) {
    assertEquals(ValueType.OBJECT, value.getValueType(), at);
    JsonObject object = value.asJsonObject();
    JsonObject known =
        schema.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    if (schema.containsKey("required")) {
      for (JsonString name : schema.getJsonArray("required").getValuesAs(JsonString.class)) {
        assertTrue(object.containsKey(name.getString()), () -> at + " has no " + name);
      }
    }
    for (Map.Entry<String, JsonValue> field : object.entrySet()) {
      String place = at + "/" + field.getKey();
      JsonValue of = known.getOrDefault(field.getKey(), schema.get("additionalProperties"));
      assertTrue(of instanceof JsonObject, () -> place + " is in no schema");
      conforms(place, of.asJsonObject(), field.getValue());
    }
  }

  private void array(String at, JsonObject schema, JsonValue value) {
    assertEquals(ValueType.ARRAY, value.getValueType(), at);
    JsonArray array = value.asJsonArray();
    for (int i = 0; i < array.size(); i++) {
      conforms(at + "/" + i, schema.getJsonObject("items"), array.get(i));
    }
  }

  /** What a reference stands for. */
  private JsonObject resolved(JsonObject schema) {
    if (!schema.containsKey("$ref")) {
      return schema;
    }
    JsonPointer place = Json.createPointer(schema.getString("$ref").substring(1));
    return place.getValue(all).asJsonObject();
  }
}
