package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.acopio.web.problem.Languages;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;

/** Whatever the body of a request to {@code /api} is: an object, or a problem with a code. */
class BodyFuzzTest {
  private static final List<String> NUMBERS =
      List.of("days", "uses", "connections", "periodMillis", "seconds");

  @FuzzTest
  void bodyIsReadOrRefused(byte[] bytes) throws IOException {
    JsonObject body;
    try {
      body = (JsonObject) new JsonBodies().aroundReadFrom(new Body(bytes));
    } catch (ProblemException e) {
      check(e, bytes);
      assertEquals("not-understood", e.problem().trouble().code());
      return;
    }
    for (String name : NUMBERS) {
      try {
        OptionalLong number = Numbers.in(body, name, 1, 1_000);
        assertTrue(number.isEmpty() || number.getAsLong() >= 1 && number.getAsLong() <= 1_000);
        assertTrue(number.isPresent() || body.getOrDefault(name, JsonValue.NULL) == JsonValue.NULL);
      } catch (ProblemException e) {
        check(e, bytes);
      }
    }
    for (String name : List.of("readData", "repair")) {
      try {
        assertEquals(CheckResource.truth(body, name), body.getBoolean(name, false));
      } catch (ProblemException e) {
        check(e, bytes);
      }
    }
  }

  /** The answer is JSON, in each language, and in proportion to the question. */
  private static void check(ProblemException refusal, byte[] bytes) {
    Problem problem = refusal.problem();
    assertEquals(400, problem.trouble().status());
    for (Locale language : Languages.ALL) {
      String json = new String(problem.json(language), StandardCharsets.UTF_8);
      assertTrue(json.length() <= 1_000 + 16 * bytes.length, json);
      try (JsonReader reader = Json.createReader(new StringReader(json))) {
        assertEquals(problem.trouble().code(), reader.readObject().getString("code"));
      }
    }
  }

  /** A request whose body is read as Jersey reads JSON-P: in UTF-8, up to the end. */
  private static final class Body implements ReaderInterceptorContext {
    private InputStream in;

    Body(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public Object proceed() {
      try (JsonReader reader =
          Json.createReaderFactory(null).createReader(in, StandardCharsets.UTF_8)) {
        return reader.read();
      }
    }

    @Override
    public Class<?> getType() {
      return JsonObject.class;
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public void setInputStream(InputStream other) {
      in = other;
    }

    @Override
    public MultivaluedMap<String, String> getHeaders() {
      return new MultivaluedHashMap<>();
    }

    @Override
    public Object getProperty(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Collection<String> getPropertyNames() {
      return List.of();
    }

    @Override
    public void setProperty(String name, Object object) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeProperty(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Annotation[] getAnnotations() {
      return new Annotation[0];
    }

    @Override
    public void setAnnotations(Annotation[] annotations) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setType(Class<?> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Type getGenericType() {
      return JsonObject.class;
    }

    @Override
    public void setGenericType(Type type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MediaType getMediaType() {
      return MediaType.APPLICATION_JSON_TYPE;
    }

    @Override
    public void setMediaType(MediaType mediaType) {
      throw new UnsupportedOperationException();
    }
  }
}
