package org.acopio.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same things, and pages ask for nothing that is not there. */
class TextTest {
  private static final Path BUNDLES = Path.of("src/main/resources/org/acopio/web/console");
  private static final Path PAGES = Path.of("src/main/webapp");
  private static final Pattern USE = Pattern.compile("\\b([a-z]*[tT]ext)\\.([a-z][A-Za-z0-9]*)\\b");
  private static final Pattern PLACE = Pattern.compile("\\{\\d+");

  @ParameterizedTest
  @MethodSource("bundles")
  void bothLanguagesHaveTheSameKeys(Path english) {
    assertEquals(
        new TreeSet<>(read(english).stringPropertyNames()),
        new TreeSet<>(read(spanish(english)).stringPropertyNames()));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aSentenceHasTheSamePlacesInBothLanguages(Path english) {
    Properties es = read(spanish(english));
    read(english)
        .forEach(
            (key, text) ->
                assertEquals(
                    places((String) text), places(es.getProperty((String) key)), () -> "" + key));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void noSentenceIsEmptyOrCannotBeRead(Path english) {
    for (Path bundle : List.of(english, spanish(english))) {
      read(bundle)
          .forEach(
              (key, text) -> {
                assertFalse(((String) text).isBlank(), () -> key + " of " + bundle);
                new MessageFormat((String) text);
              });
    }
  }

  @Test
  void pagesAskOnlyForWordsThatAreThere() throws IOException {
    List<Path> pages;
    try (Stream<Path> all = Files.walk(PAGES)) {
      pages = all.filter(path -> path.toString().endsWith(".xhtml")).toList();
    }
    assertTrue(pages.size() >= 3, () -> "pages: " + pages);
    for (Path page : pages) {
      Matcher use = USE.matcher(Files.readString(page));
      while (use.find()) {
        String area = use.group(1).equals("text") ? "" : use.group(1).replaceFirst("Text$", "");
        String key = use.group(2);
        assertTrue(
            read(BUNDLES.resolve(area).resolve("Text.properties")).containsKey(key),
            () -> page + " asks for " + area + " " + key);
      }
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new HashSet<>();
    PLACE.matcher(text).results().forEach(result -> places.add(result.group()));
    return places;
  }

  static List<Path> bundles() throws IOException {
    try (Stream<Path> all = Files.walk(BUNDLES)) {
      List<Path> bundles = all.filter(path -> path.endsWith("Text.properties")).sorted().toList();
      assertTrue(bundles.size() >= 9, () -> "bundles: " + bundles);
      return bundles;
    }
  }

  private static Path spanish(Path english) {
    return english.resolveSibling("Text_es.properties");
  }

  private static Properties read(Path bundle) {
    Properties words = new Properties();
    try (Reader reader = Files.newBufferedReader(bundle)) {
      words.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
