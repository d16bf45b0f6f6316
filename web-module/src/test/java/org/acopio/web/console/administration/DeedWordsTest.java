package org.acopio.web.console.administration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The audit log has words for whatever is noted in it, and a group to find it in. */
class DeedWordsTest {
  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("../ejb-module/collector/src/main/java"));

  private static final Path BUNDLES =
      Path.of("src/main/resources/org/acopio/web/console/administration");

  private static final Path PAGE = Path.of("src/main/webapp/WEB-INF/administration/audit.xhtml");

  /** Codes have a dot, or are one of these words. */
  private static final Pattern CODE =
      Pattern.compile("\"((?!org\\.)[a-z]+(?:\\.(?!html)[a-z-]+)+|login|logout|check)\"");

  private static final int LEAST = 26;

  /** Every literal that looks like a code, in the sources that know of deeds. */
  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (Path sources : SOURCES) {
      try (Stream<Path> all = Files.walk(sources)) {
        for (Path source : all.filter(path -> path.toString().endsWith(".java")).toList()) {
          String text = Files.readString(source);
          if (text.contains("Deed")) {
            Matcher code = CODE.matcher(text);
            while (code.find()) {
              codes.add(code.group(1));
            }
          }
        }
      }
    }
    return codes;
  }

  private static Properties words(String name) throws IOException {
    Properties words = new Properties();
    try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name))) {
      words.load(reader);
    }
    return words;
  }

  @Test
  void everyCodeHasWordsInBothLanguages() throws IOException {
    Set<String> codes = codes();
    assertTrue(codes.size() >= LEAST, codes::toString);
    for (String bundle : List.of("Text.properties", "Text_es.properties")) {
      Properties words = words(bundle);
      for (String code : codes) {
        assertTrue(words.containsKey("deed." + code), () -> bundle + " has no deed." + code);
      }
    }
  }

  @Test
  void everyCodeIsInAGroup() throws IOException {
    String page = Files.readString(PAGE);
    for (String code : codes()) {
      String group = "itemValue=\"" + code.split("\\.")[0] + "\"";
      assertTrue(page.contains(group), () -> code + " is in no group: " + group);
    }
  }
}
