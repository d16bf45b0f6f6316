package org.acopio.distribution;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts answers of a server as examples into the document that describes them. */
final class OpenApiExamples {
  private static final int WIDTH = 150;

  /** Of longer lists the first elements are enough to see what they are. */
  private static final int MOST = 2;

  private final Path document;
  private final Map<String, String> neutral;

  /**
   * @param neutral what to write in the place of names of the machine
   */
  OpenApiExamples(Path document, Map<String, String> neutral) {
    this.document = document;
    this.neutral = neutral;
  }

  /**
   * Writes answers.
   *
   * @param answers by the id of the operation
   */
  void write(Map<String, JsonValue> answers) throws IOException {
    List<String> written = new ArrayList<>();
    String operation = "";
    String type = "";
    int left = Integer.MAX_VALUE;
    for (String line : Files.readAllLines(document)) {
      String word = line.strip();
      if (indent(line) > left) {
        // Of the example that stood there before.
        continue;
      }
      left = Integer.MAX_VALUE;
      if (word.startsWith("operationId: ")) {
        operation = word.substring("operationId: ".length());
        type = "";
      } else if (line.matches(" {12}\\S+:")) {
        type = word;
      }
      written.add(line);
      if (word.equals("example:")
          && type.equals("application/json:")
          && answers.containsKey(operation)) {
        String margin = " ".repeat(indent(line) + 2);
        text(answers.get(operation), "").lines().map(margin::concat).forEach(written::add);
        left = indent(line);
      }
    }
    Files.write(document, written);
  }

  /**
   * The examples as they stand in the file, by the id of the operation; the container leaves what
   * is empty out of those that it serves.
   */
  Map<String, JsonValue> read() throws IOException {
    Map<String, JsonValue> examples = new LinkedHashMap<>();
    String operation = "";
    String type = "";
    int left = Integer.MAX_VALUE;
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(document)) {
      String word = line.strip();
      if (indent(line) > left) {
        text.append(word).append('\n');
        continue;
      }
      keep(examples, operation, text);
      left = Integer.MAX_VALUE;
      if (word.startsWith("operationId: ")) {
        operation = word.substring("operationId: ".length());
        type = "";
      } else if (line.matches(" {12}\\S+:")) {
        type = word;
      } else if (word.equals("example:") && type.equals("application/json:")) {
        left = indent(line);
      }
    }
    keep(examples, operation, text);
    return examples;
  }

  private static void keep(Map<String, JsonValue> examples, String operation, StringBuilder text) {
    if (!text.isEmpty()) {
      examples.put(operation, Json.createReader(new StringReader(text.toString())).readValue());
      text.setLength(0);
    }
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Flow style, which is JSON; what fits is on one line. */
  private String text(JsonValue value, String margin) {
    String line = compact(value);
    if (line.length() + margin.length() <= WIDTH) {
      return line;
    }
    String deeper = margin + "  ";
    Stream<String> inside;
    if (value instanceof JsonObject object) {
      inside =
          object.entrySet().stream()
              .map(field -> '"' + field.getKey() + "\": " + text(field.getValue(), deeper));
      return inside.collect(
          Collectors.joining(",\n" + deeper, "{\n" + deeper, "\n" + margin + "}"));
    }
    if (value instanceof JsonArray array) {
      inside = array.stream().limit(MOST).map(one -> text(one, deeper));
      return inside.collect(
          Collectors.joining(",\n" + deeper, "[\n" + deeper, "\n" + margin + "]"));
    }
    return line;
  }

  private String compact(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object.entrySet().stream()
          .map(field -> '"' + field.getKey() + "\": " + compact(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof JsonArray array) {
      return array.stream()
          .limit(MOST)
          .map(this::compact)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof JsonString ? neutral(value.toString()) : value.toString();
  }

  private String neutral(String text) {
    String plain = text;
    for (Map.Entry<String, String> name : neutral.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    return plain;
  }
}
