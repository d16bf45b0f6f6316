package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The table of what the build uses has every dependency and plugin whose version stands in a POM,
 * with that version: who changes one looks at the table again.
 */
class DependencyTableIT {
  private static final Path ROOT = Path.of("..");
  private static final Path TABLE = ROOT.resolve("server-config/docs/dependencies.md");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[^|]+`) \\| `([^`|]+)` \\|(.*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([^`]+):([^`]+)`");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  /** Plugins of Maven itself may leave their group out. */
  private static final String MAVEN = "org.apache.maven.plugins";

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> used = new TreeMap<>();

  @Test
  void theTableHasEveryDependencyWithItsVersion() throws Exception {
    List<Element> projects = new ArrayList<>();
    read(ROOT, projects);
    assertTrue(projects.size() >= 12, () -> "modules read: " + projects.size());
    projects.forEach(this::collect);
    assertEquals(used, documented());
  }

  private void read(Path module, List<Element> projects) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(module.resolve("pom.xml").toFile())
            .getDocumentElement();
    projects.add(project);
    for (Element each : children(project, "properties")) {
      for (Element property : children(each, "*")) {
        properties.put(property.getNodeName(), property.getTextContent().trim());
      }
    }
    for (Element modules : children(project, "modules")) {
      for (Element name : children(modules, "module")) {
        read(module.resolve(name.getTextContent().trim()), projects);
      }
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && (name.equals("*") || name.equals(element.getTagName()))) {
        found.add(element);
      }
    }
    return found;
  }

  private void collect(Element element) {
    String version = text(element, "version");
    String artifact = text(element, "artifactId");
    String group = text(element, "groupId");
    if (element.getTagName().equals("googleJavaFormat")) {
      used.put("com.google.googlejavaformat:google-java-format", version);
    } else if (!version.isEmpty()
        && !artifact.isEmpty()
        && !element.getTagName().equals("project")
        && !element.getTagName().equals("parent")
        && !group.startsWith("org.acopio")) {
      used.put((group.isEmpty() ? MAVEN : group) + ":" + artifact, version);
    }
    children(element, "*").forEach(this::collect);
  }

  private String text(Element element, String name) {
    return children(element, name).stream()
        .map(child -> resolved(child.getTextContent().trim()))
        .findFirst()
        .orElse("");
  }

  private String resolved(String text) {
    return PROPERTY
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1).startsWith("project.")
                        ? "org.acopio"
                        : properties.getOrDefault(match.group(1), match.group())));
  }

  private static Map<String, String> documented() throws Exception {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(TABLE));
    while (row.find()) {
      Matcher name = NAME.matcher(row.group(1));
      while (name.find()) {
        String artifact = name.group(1) + ":" + name.group(2);
        String before = documented.put(artifact, row.group(2));
        assertEquals(null, before, artifact + " stands twice");
      }
      for (String cell : row.group(3).split("\\|", -1)) {
        assertFalse(cell.isBlank(), () -> "an empty cell: " + row.group());
      }
    }
    return documented;
  }
}
