package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the distribution says it is made of is what it is made of. */
class MaterialsIT {
  private static final Path MATERIALS = Distribution.home().resolve("docs/materials");

  private static final Pattern CLASSIFIER = Pattern.compile("classifier=([^&]+)");

  private static JsonObject read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonReader reader = Json.createReader(in)) {
      return reader.readObject();
    }
  }

  private static JsonObject container() throws IOException {
    return read(MATERIALS.resolve("payara-micro.cdx.json"));
  }

  private static List<JsonObject> components(JsonObject materials) {
    return materials.getJsonArray("components").getValuesAs(JsonObject.class);
  }

  @Test
  void everyJarOfTheContainerIsListedByItsDigest() throws Exception {
    Set<String> listed =
        components(container()).stream()
            .filter(each -> each.containsKey("hashes"))
            .map(each -> each.getJsonArray("hashes").getJsonObject(0).getString("content"))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    int jars = 0;
    try (ZipFile container = new ZipFile(System.getProperty("payara.microJar"))) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) container.stream().map(e -> (ZipEntry) e)::iterator) {
        if (entry.getName().matches("MICRO-INF/runtime/[^/]+\\.jar")) {
          jars++;
          if (!listed.contains(sha256(container.getInputStream(entry)))) {
            missing.add(entry.getName());
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(jars > 300, () -> "the container has less jars than it should");
  }

  private static String sha256(InputStream in) throws IOException, GeneralSecurityException {
    try (in) {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
    }
  }

  @Test
  void containerIsNamedSoThatKnownHolesAreFound() throws IOException {
    JsonObject materials = container();
    assertEquals("CycloneDX", materials.getString("bomFormat"));
    JsonObject itself = materials.getJsonObject("metadata").getJsonObject("component");
    assertTrue(
        itself.getString("purl").startsWith("pkg:maven/fish.payara.extras/payara-micro@"),
        itself::toString);
    Map<String, String> versions =
        components(materials).stream()
            .filter(each -> each.containsKey("purl"))
            .collect(
                Collectors.toMap(
                    each -> each.getString("group") + ":" + each.getString("name"),
                    each -> each.getString("version"),
                    (one, other) -> one + " " + other));
    // Of its own, of a jar that tells nothing, and inside the jar of another.
    for (String name :
        List.of(
            "com.hazelcast:hazelcast",
            "com.h2database:h2",
            "com.fasterxml.jackson.jr:jackson-jr-objects")) {
      assertTrue(
          versions.getOrDefault(name, "").matches("[0-9]+\\.[0-9.]+(-payara-[0-9]+)?"), name);
    }
    Set<String> references = new HashSet<>();
    for (JsonObject each : components(materials)) {
      assertFalse(each.getString("version").isBlank(), each::toString);
      assertTrue(references.add(each.getString("bom-ref")), each::toString);
    }
    List<JsonObject> dependencies =
        materials.getJsonArray("dependencies").getValuesAs(JsonObject.class);
    assertEquals(references.size(), dependencies.get(0).getJsonArray("dependsOn").size());
  }

  @Test
  void everyOtherJarOfTheDistributionIsListed() throws IOException {
    List<Path> made =
        List.of("acopio-web", "acopio-socket", "acopio-agent").stream()
            .map(name -> MATERIALS.resolve(name + ".cdx.json"))
            .toList();
    assumeTrue(
        made.stream().anyMatch(Files::exists),
        "SKIPPED: this build had no network, without which the materials of the archives are not made");
    Set<String> listed = new HashSet<>();
    for (Path each : made) {
      components(read(each)).forEach(part -> listed.add(fileName(part)));
    }
    try (Stream<Path> all = Files.walk(Distribution.home())) {
      List<String> jars =
          all.map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.substring(0, name.length() - ".jar".length()))
              .filter(name -> !name.startsWith("acopio-") && !name.equals("payara"))
              .toList();
      assertTrue(jars.size() > 40, jars::toString);
      assertEquals(List.of(), jars.stream().filter(name -> !listed.contains(name)).toList());
    }
  }

  /** As Maven names the file, without its end. */
  private static String fileName(JsonObject part) {
    Matcher classifier = CLASSIFIER.matcher(part.getString("purl"));
    return part.getString("name")
        + "-"
        + part.getString("version")
        + (classifier.find() ? "-" + classifier.group(1) : "");
  }
}
