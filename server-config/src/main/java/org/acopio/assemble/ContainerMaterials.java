package org.acopio.assemble;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what the container is made of, as CycloneDX: its jars, and what some of them have taken in
 * of others. Maven sees one jar without dependencies there; the jars inside tell their coordinates
 * themselves.
 */
public final class ContainerMaterials {
  private static final String GROUP = "fish.payara.extras";
  private static final String NAME = "payara-micro";

  /** Of jars that do not tell it; those that are missing here too have no other publisher. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "asm", "org.ow2.asm",
          "asm-analysis", "org.ow2.asm",
          "asm-commons", "org.ow2.asm",
          "asm-tree", "org.ow2.asm",
          "asm-util", "org.ow2.asm",
          "h2", "com.h2database",
          "reactive-streams", "org.reactivestreams",
          "reactor-core", "io.projectreactor");

  private final String version;
  private final Map<String, Component> components = new TreeMap<>();

  private ContainerMaterials(String version) {
    this.version = version;
  }

  /**
   * A piece of software.
   *
   * @param group empty when nobody tells it
   * @param digest SHA-256 of its jar; empty for what is inside the jar of another
   */
  private record Component(String group, String name, String version, String digest) {
    String reference() {
      return group.isEmpty()
          ? name + "@" + version
          : "pkg:maven/%s/%s@%s?type=jar".formatted(group, name, version);
    }

    String json(String type) {
      List<String> fields = new ArrayList<>();
      fields.add(field("type", type));
      fields.add(field("bom-ref", reference()));
      if (!group.isEmpty()) {
        fields.add(field("group", group));
      }
      fields.add(field("name", name));
      fields.add(field("version", version));
      if (!digest.isEmpty()) {
        fields.add(
            "\"hashes\":[{%s,%s}]".formatted(field("alg", "SHA-256"), field("content", digest)));
      }
      if (!group.isEmpty()) {
        fields.add(field("purl", reference()));
      }
      return "{" + String.join(",", fields) + "}";
    }
  }

  /**
   * Writes the materials of the jars in the folder given first, which are those of the container of
   * the version given second, to the file given third.
   */
  public static void main(String[] arguments) throws IOException {
    ContainerMaterials materials = new ContainerMaterials(arguments[1]);
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        materials.add(jar);
      }
    }
    Path out = Path.of(arguments[2]);
    Files.createDirectories(out.toAbsolutePath().getParent());
    Files.writeString(out, materials.json());
  }

  private void add(Path jar) throws IOException {
    String file = jar.getFileName().toString();
    String base = file.substring(0, file.length() - ".jar".length());
    String digest = digest(jar);
    boolean named = false;
    try (JarFile in = new JarFile(jar.toFile(), false)) {
      List<Component> told = told(in);
      for (Component each : told) {
        boolean own = told.size() == 1 || isOf(base, each);
        named |= own;
        put(own ? new Component(each.group, each.name, each.version, digest) : each);
      }
      if (!named) {
        String group = GROUPS.getOrDefault(base, "");
        put(new Component(group, base, manifestVersion(in).orElse(version), digest));
      }
    }
  }

  private static boolean isOf(String base, Component told) {
    return base.equals(told.name) || base.equals(told.name + "-" + told.version);
  }

  /** A jar of its own says more than a copy inside another. */
  private void put(Component component) {
    components.merge(
        component.reference(), component, (old, now) -> old.digest.isEmpty() ? now : old);
  }

  /** What the jar has of Maven's descriptors. */
  private static List<Component> told(JarFile jar) throws IOException {
    List<Component> found = new ArrayList<>();
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
        Properties pom = new Properties();
        try (InputStream in = jar.getInputStream(entry)) {
          pom.load(in);
        }
        found.add(
            new Component(
                pom.getProperty("groupId", ""),
                pom.getProperty("artifactId", ""),
                pom.getProperty("version", ""),
                ""));
      }
    }
    return found;
  }

  private static Optional<String> manifestVersion(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    if (manifest == null) {
      return Optional.empty();
    }
    Attributes main = manifest.getMainAttributes();
    return Stream.of("Implementation-Version", "Bundle-Version")
        .map(main::getValue)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  private static String digest(Path jar) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(jar)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private String json() {
    Component whole = new Component(GROUP, NAME, version, "");
    Collection<Component> parts = components.values();
    return """
    {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,
    "metadata":{"component":%s},
    "components":[
    %s
    ],
    "dependencies":[{"ref":"%s","dependsOn":[
    %s
    ]}]}
    """
        .formatted(
            whole.json("application"),
            parts.stream().map(each -> each.json("library")).collect(Collectors.joining(",\n")),
            text(whole.reference()),
            parts.stream()
                .map(each -> "\"" + text(each.reference()) + "\"")
                .collect(Collectors.joining(",\n")));
  }

  private static String field(String name, String value) {
    return "\"" + name + "\":\"" + text(value) + "\"";
  }

  /** Text inside the quotes of JSON (RFC 8259, section 7). */
  private static String text(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
