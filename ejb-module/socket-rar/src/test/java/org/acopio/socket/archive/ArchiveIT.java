package org.acopio.socket.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.acopio.socket.settings.Property;
import org.jboss.jca.validator.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is packed is a resource adapter by the rules, and has what it needs. */
class ArchiveIT {
  private static final Path RAR = Path.of(System.getProperty("acopio.rar"));

  @Test
  void ironJacamarFindsNothingWrong(@TempDir Path reports) throws Exception {
    int outcome = Validation.validate(RAR.toUri().toURL(), reports.toString());
    try (Stream<Path> written = Files.walk(reports)) {
      assertEquals(List.of(), written.filter(Files::isRegularFile).map(ArchiveIT::read).toList());
    }
    assertEquals(0, outcome, "the validator's exit code");
  }

  private static String read(Path report) {
    try {
      return Files.readString(report);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void theDescriptorHasEveryPropertyWithItsDefault() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Property property : Property.values()) {
      expected.put(property.key(), property.defaultValue());
    }
    Map<String, String> described = new TreeMap<>();
    NodeList properties = descriptor().getElementsByTagName("config-property");
    for (int i = 0; i < properties.getLength(); i++) {
      Element property = (Element) properties.item(i);
      described.put(
          text(property, "config-property-name"), text(property, "config-property-value"));
    }
    assertEquals(expected, described);
  }

  @Test
  void theArchiveHasTheAdapterNettyAndTheRemoteContractsAndNoOtherApi() throws Exception {
    List<String> jars = new ArrayList<>();
    try (ZipFile rar = new ZipFile(RAR.toFile())) {
      rar.stream()
          .filter(entry -> entry.getName().endsWith(".jar"))
          .forEach(entry -> jars.add(entry.getName().replaceAll("-\\d.*?(-linux.*)?\\.jar", "$1")));
    }
    assertTrue(
        jars.containsAll(
            List.of(
                "acopio-socket-adapter",
                "acopio-remote-api",
                "netty-transport",
                "netty-handler",
                "netty-transport-native-epoll-linux-x86_64",
                "netty-transport-native-epoll-linux-aarch_64")),
        jars.toString());
    assertTrue(
        jars.stream().allMatch(jar -> jar.startsWith("acopio-") || jar.startsWith("netty-")),
        jars.toString());
  }

  private static Document descriptor() throws Exception {
    try (ZipFile rar = new ZipFile(RAR.toFile())) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(rar.getInputStream(rar.getEntry("META-INF/ra.xml")));
    }
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
