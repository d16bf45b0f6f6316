package org.acopio.web.figures;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.acopio.collect.Incident;
import org.acopio.collect.PartProgress;
import org.acopio.collect.Problem;
import org.acopio.collect.Waiting;
import org.acopio.remote.Refused;
import org.acopio.session.EndReason;
import org.acopio.session.SessionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Pages have words for whatever code a snapshot may carry. */
class WordsOfCodesTest {
  private static final Path PAGES = Path.of("src/main/webapp/console");

  private static String page(String name) throws Exception {
    return Files.readString(PAGES.resolve(name + ".xhtml"));
  }

  private static void assertWords(String page, List<String> prefixes, Stream<String> codes)
      throws Exception {
    String text = page(page);
    codes.forEach(
        code ->
            prefixes.forEach(
                prefix -> {
                  String attribute = " data-" + prefix + "-" + code + "=\"#{" + page + "Text.";
                  assertTrue(
                      text.replace('\n', ' ').contains(attribute),
                      () -> page + ".xhtml has no" + attribute);
                }));
  }

  private static Stream<String> words(Enum<?>[] codes) {
    return Arrays.stream(codes).map(Codes::word);
  }

  @Test
  void everyProblemHasItsWordsAndItsRemedy() throws Exception {
    assertWords("overview", List.of("problem", "remedy"), words(Problem.Code.values()));
  }

  @Test
  void everyKindOfSessionHasAName() throws Exception {
    assertWords(
        "overview", List.of("kind"), Arrays.stream(SessionKind.values()).map(SessionKind::word));
  }

  @Test
  void everySessionSaysWhatItIsAndWhyItEnded() throws Exception {
    assertWords(
        "sessions", List.of("kind"), Arrays.stream(SessionKind.values()).map(SessionKind::word));
    assertWords(
        "sessions", List.of("reason"), Arrays.stream(EndReason.values()).map(EndReason::word));
  }

  @Test
  void everyPortHasAName() throws Exception {
    assertWords(
        "endpoints", List.of("name"), Arrays.stream(SessionKind.values()).map(SessionKind::word));
  }

  @Test
  void everyReasonOfAFileThatIsNotProvenHasWords() throws Exception {
    assertWords("clients", List.of("reason"), words(Refused.Reason.values()));
  }

  @Test
  void everyIncidentSaysWhatIsDone() throws Exception {
    assertWords("transfers", List.of("code", "does"), words(Incident.Code.values()));
  }

  @Test
  void everyReasonToWaitAndStateHasWords() throws Exception {
    assertWords(
        "transfers",
        List.of("waiting"),
        words(Waiting.Reason.values()).filter(word -> !word.equals("nothing")));
    assertWords("transfers", List.of("state"), words(PartProgress.State.values()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overview",
        "transfers",
        "sessions",
        "clients",
        "library",
        "endpoints",
        "trial",
        "administration"
      })
  void pageIsWellFormed(String name) throws Exception {
    // Throws with the line of the mistake.
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page(name).replace("<!DOCTYPE html>", ""))));
  }
}
