package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever follows a link of a document gets somewhere, in the sources and in the distribution. */
class DocumentLinksIT {
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

  /** What is no address elsewhere; a file, then perhaps the heading in it. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @Test
  void everyLinkOfTheSourcesLeadsSomewhere() throws IOException {
    List<Path> documents =
        new ArrayList<>(
            Stream.of(
                    "README.md",
                    "README.es.md",
                    "CHANGELOG.md",
                    "server-config/benchmarks/README.md")
                .map(SOURCES::resolve)
                .toList());
    documents.addAll(documentsBelow(SOURCES.resolve("server-config/docs")));
    assertLinksLeadSomewhere(documents, SOURCES);
  }

  @Test
  void everyLinkOfTheDistributionLeadsToSomethingInIt() throws IOException {
    assertLinksLeadSomewhere(documentsBelow(Distribution.home()), Distribution.home());
  }

  private static List<Path> documentsBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static void assertLinksLeadSomewhere(List<Path> documents, Path root) throws IOException {
    List<String> dead = new ArrayList<>();
    int seen = 0;
    for (Path document : documents) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        seen++;
        if (!leadsSomewhere(document, link.group(1), link.group(2), root)) {
          dead.add(root.relativize(document) + ": " + link.group());
        }
      }
    }
    assertEquals(List.of(), dead);
    assertTrue(seen > 80, "only " + seen + " links were seen");
  }

  private static boolean leadsSomewhere(
      Path document, String file, @Nullable String heading, Path root) throws IOException {
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    return target.startsWith(root)
        && Files.exists(target)
        && (heading == null || names(target).contains(heading));
  }

  /** By what its headings are linked to: their words, without signs. */
  private static List<String> names(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(words -> words.strip().replace(' ', '-'))
        .toList();
  }
}
