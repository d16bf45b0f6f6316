package org.acopio.assemble;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts the container's 320 jars into one. A class loader asks jar after jar for each resource, and
 * a container asks for thousands that are in none of them: of its start, half was spent on that.
 *
 * <p>What a class path of these jars would find is found in the merged one: of entries with the
 * same name the first jar's, service and HK2 descriptors joined, and of multi-release entries the
 * newest that Java 17 would take. Licences and notices are kept for each jar.
 */
public final class MergedJar {
  private static final Runtime.Version JAVA = Runtime.Version.parse("17");
  private static final String VERSIONS = "META-INF/versions/";

  /** The epoch of zip files, so that the same jars give the same bytes. */
  private static final long TIME = 315_532_800_000L;

  private static final byte[] MANIFEST =
      "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ZipOutputStream out;
  private final Set<String> written = new HashSet<>();
  private final Map<String, ByteArrayOutputStream> joined = new TreeMap<>();

  private MergedJar(ZipOutputStream out) {
    this.out = out;
  }

  /** Merges all jars of the folder given first into the file given second. */
  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[1]));
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_SPEED);
      MergedJar merged = new MergedJar(out);
      merged.write(JarFile.MANIFEST_NAME, MANIFEST);
      for (Path jar : jars) {
        merged.add(jar);
      }
      merged.finish();
    }
  }

  private void add(Path jar) throws IOException {
    try (JarFile in = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, JAVA)) {
      // The version's own entries in place of the general ones, those of newer versions left out.
      for (JarEntry entry : (Iterable<JarEntry>) in.versionedStream()::iterator) {
        if (!entry.isDirectory() && isWanted(entry.getName())) {
          byte[] content = in.getInputStream(entry).readAllBytes();
          add(jar.getFileName().toString(), entry.getName(), content);
        }
      }
    }
  }

  private static boolean isWanted(String name) {
    return !name.equals(JarFile.MANIFEST_NAME)
        && !name.startsWith(VERSIONS)
        && !name.endsWith("module-info.class")
        && !name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC|LIST)");
  }

  private void add(String jar, String name, byte[] content) throws IOException {
    if (name.startsWith("META-INF/services/") || name.startsWith("META-INF/hk2-locator/")) {
      ByteArrayOutputStream all = joined.computeIfAbsent(name, n -> new ByteArrayOutputStream());
      all.writeBytes(content);
      all.write('\n');
    } else if (name.matches("META-INF/(LICEN[CS]E|NOTICE|DEPENDENCIES)[^/]*")) {
      write("META-INF/notices/" + jar + name.substring(name.lastIndexOf('/')), content);
    } else if (!written.contains(name)) {
      write(name, content);
    }
  }

  private void finish() throws IOException {
    for (Map.Entry<String, ByteArrayOutputStream> descriptor : joined.entrySet()) {
      write(descriptor.getKey(), descriptor.getValue().toByteArray());
    }
  }

  private void write(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(TIME);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
    written.add(name);
  }
}
