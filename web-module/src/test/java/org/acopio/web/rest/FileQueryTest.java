package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.acopio.library.FileSearch;
import org.acopio.library.FileSort;
import org.acopio.library.LongRange;
import org.acopio.media.MediaKind;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parameters of a search mean. */
class FileQueryTest {
  private static final ZoneId ZONE = ZoneId.of("America/Bogota");

  private static FileQuery query(String... namesAndValues) {
    MultivaluedHashMap<String, String> given = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return FileQuery.of(given, ZONE);
  }

  @Test
  void nothingGivenIsTheNewestOfEverything() {
    FileQuery query = query();
    assertEquals(FileSearch.EVERYTHING, query.search());
    assertEquals(FileSort.STORED, query.sort());
    assertTrue(query.descending());
    assertEquals(0, query.offset());
    assertEquals(FileQuery.DEFAULT_LIMIT, query.limit());
    assertEquals(query, query("q", "", "kind", "", "sort", "", "storedFrom", "", "copies", "any"));
  }

  @Test
  void everyParameterCounts() {
    FileQuery query =
        query(
            "q",
            "playa",
            "kind",
            "image,pdf",
            "kind",
            "video",
            "client",
            " 192.0.2.7 ",
            "agent",
            "3",
            "minSize",
            "1",
            "maxSize",
            "2",
            "modifiedFrom",
            "2026-11-21",
            "modifiedTo",
            "2026-11-21",
            "storedFrom",
            "2026-11-21T10:00:00Z",
            "sha256",
            "AbC",
            "versions",
            "all",
            "copies",
            "only",
            "sort",
            "name",
            "order",
            "desc",
            "offset",
            "7",
            "limit",
            "8",
            "upTo",
            "9");
    long midnight = Instant.parse("2026-11-21T05:00:00Z").getEpochSecond();
    long ten = Instant.parse("2026-11-21T10:00:00Z").getEpochSecond();
    assertEquals(
        new FileQuery(
            new FileSearch(
                "playa",
                Set.of(MediaKind.IMAGE, MediaKind.PDF, MediaKind.VIDEO),
                "192.0.2.7",
                OptionalLong.of(3),
                new LongRange(1, 2),
                new LongRange(midnight, midnight + 86_399),
                new LongRange(ten, Long.MAX_VALUE),
                "abc",
                true,
                true,
                9),
            FileSort.NAME,
            true,
            7,
            8),
        query);
  }

  @Test
  void namesAreReadFromTheBeginning() {
    assertFalse(query("sort", "name").descending());
    assertTrue(query("sort", "size").descending());
    assertFalse(query("sort", "size", "order", "asc").descending());
  }

  @ParameterizedTest
  @CsvSource({
    "kind,picture,'image, pdf, audio, video'",
    "sort,colour,name",
    "order,up,'asc, desc'",
    "versions,some,newest",
    "copies,yes,only",
    "limit,501,500",
    "offset,-1,0",
    "minSize,x,whole number",
    "agent,-3,whole number",
    "storedTo,yesterday,2026-11-21",
    "modifiedFrom,2026-02-30,2026-11-21",
    "sha256,xyz,hexadecimal",
    "q,1 2 3 4 5 6 7 8 9 10 11,at most 10"
  })
  void wrongParameterIsToldWithTheRemedy(String name, String value, String remedy) {
    var refused = assertThrows(ProblemException.class, () -> query(name, value));
    assertTrue(refused.getMessage().contains(remedy), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "sha256,xyz,sha256 es «xyz»; deben ser las primeras 1 a 64 cifras hexadecimales de un SHA-256",
    "q,1 2 3 4 5 6 7 8 9 10 11,q tiene 11 palabras; se buscan 10 como máximo; ponga entre comillas"
        + " las que van seguidas"
  })
  void whoReadsSpanishIsToldInSpanish(String name, String value, String sentence) {
    var refused = assertThrows(ProblemException.class, () -> query(name, value));
    assertEquals(sentence, refused.problem().detail(Locale.forLanguageTag("es")));
  }

  @Test
  void aTextThatIsTooLongIsToldAsEveryParameter() {
    var refused =
        assertThrows(ProblemException.class, () -> query("q", "a".repeat(FileSearch.MAX_TEXT + 1)));
    assertEquals(Problem.of(Trouble.TOO_LONG, "q", 201, 200), refused.problem());
  }
}
