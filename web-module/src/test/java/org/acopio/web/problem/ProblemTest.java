package org.acopio.web.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.acopio.remote.ParityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is told with a code, and in the language of who asks. */
class ProblemTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es");

  private static Properties sentences(String bundle) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(ProblemTest.class.getResourceAsStream(bundle), bundle);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      Properties sentences = new Properties();
      sentences.load(reader);
      return sentences;
    }
  }

  private static Set<String> places(Trouble trouble, String bundle) throws IOException {
    String sentence = String.valueOf(sentences(bundle).getProperty(trouble.code()));
    return Pattern.compile("\\{\\d+")
        .matcher(sentence)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Text.properties", "Text_es.properties"})
  void everyTroubleHasItsSentence(String bundle) throws IOException {
    assertEquals(
        Arrays.stream(Trouble.values())
            .map(Trouble::code)
            .collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(sentences(bundle).stringPropertyNames()));
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void aSentenceTellsTheSameInBothLanguages(Trouble trouble) throws IOException {
    assertEquals(places(trouble, "Text.properties"), places(trouble, "Text_es.properties"));
    Object[] values = {"a{0}", "b", "c", "d"};
    for (Locale language : Languages.ALL) {
      String detail = Problem.of(trouble, values).detail(language);
      assertFalse(detail.isBlank() || detail.contains("''"), detail);
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void aSentenceIsInTheLanguageOfTheReader(Trouble trouble) {
    String english = Problem.of(trouble).detail(Locale.ENGLISH);
    String spanish = Problem.of(trouble).detail(SPANISH);
    assertNotEquals(english, spanish);
    for (String sentence : List.of(english, spanish)) {
      String own = sentence.replaceAll("\\{\\d+}", "");
      assertTrue(own.split(" ").length > 3, () -> trouble + " says only: " + sentence);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"CATALOG_AWAY", "CATALOG_FAILED", "STORED_FILE_UNREADABLE"})
  void whatTheSystemSaysStandsBehindAColon(Trouble trouble) {
    for (Locale language : Languages.ALL) {
      String sentence = Problem.of(trouble).detail(language);
      assertTrue(sentence.matches(".+: \\{\\d}"), sentence);
    }
  }

  @Test
  void parityHasTheCodesOfItsService() {
    assertEquals(ParityException.Reason.EMPTY.name(), Trouble.NO_DIGIT.code());
    assertEquals(ParityException.Reason.NOT_AN_INTEGER.name(), Trouble.NOT_AN_INTEGER.code());
  }

  @Test
  void programsAreToldByCodeAndValues() {
    Problem problem = new ProblemException(Trouble.NOT_A_NUMBER, "limit", "0", 1, 1_000).problem();
    assertEquals(
        "{\"title\":\"Bad Request\",\"status\":400,"
            + "\"detail\":\"limit is '0'; it is a whole number from 1 to 1000\","
            + "\"code\":\"not-a-number\",\"values\":[\"limit\",\"0\",\"1\",\"1000\"]}",
        new String(problem.json(Locale.ENGLISH), StandardCharsets.UTF_8));
    assertEquals("limit es «0»; debe ser un número entero de 1 a 1000", problem.detail(SPANISH));
  }

  @Test
  void whatSomebodyWroteIsNoPlaceInTheSentence() {
    assertEquals(
        "nobody has collected from {0}'; /api/clients lists who has",
        new ProblemException(Trouble.NO_SUCH_CLIENT, "{0}'").getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'es-AR,es;q=0.9,en;q=0.8',es",
    "'fr,es;q=0.5,en;q=0.4',es",
    "'en,es',en",
    "fr,en",
    "*,en",
    "'es;q=x',en",
    "'<>',en",
    "'',en",
    ",en"
  })
  void theLanguageIsTheBestOfThoseThatAreAskedFor(String header, String language) {
    assertEquals(language, Languages.of(header).getLanguage());
  }
}
