package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.acopio.web.problem.ProblemException;

/** Whatever the parameters of a search are: a search within its bounds, or a refusal. */
class QueryFuzzTest {
  /** Each line is a name, an equals sign and a value. */
  @FuzzTest
  void searchIsReadOrRefused(byte[] bytes) {
    MultivaluedHashMap<String, String> given = new MultivaluedHashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", 100)) {
      int equals = line.indexOf('=');
      given.add(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
    }
    FileQuery query;
    try {
      query = FileQuery.of(given, ZoneId.of("America/Bogota"));
    } catch (ProblemException e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
      return;
    }
    assertTrue(query.limit() >= 0 && query.limit() <= FileQuery.MAX_LIMIT);
    assertTrue(query.offset() >= 0);
  }
}
