package org.acopio.web.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.rules.ModuleRules;
import org.acopio.web.content.ZipServlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house that begin in the web; every other is forbidden. */
class WebRulesTest extends ModuleRules {
  private static final String ROOT = "org.acopio.";

  private static final JavaClasses MODULE = moduleOf(ZipServlet.class);

  WebRulesTest() {
    super(MODULE, 150);
  }

  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("web.console", Set.of("config", "rmi", "server", "web.problem")),
          Map.entry(
              "web.console.administration",
              Set.of(
                  "account",
                  "catalog",
                  "collect",
                  "config",
                  "identity",
                  "remote",
                  "server",
                  "web.console")),
          Map.entry("web.console.clients", Set.of("collect", "server", "web.console")),
          Map.entry(
              "web.console.endpoints", Set.of("account", "endpoint", "web.console", "web.ports")),
          Map.entry("web.console.library", Set.of("library", "server", "web.console")),
          Map.entry(
              "web.console.overview",
              Set.of("collect", "server", "session", "web.console", "web.figures", "web.ports")),
          Map.entry(
              "web.console.sessions",
              Set.of("account", "server", "session", "web.console", "web.figures")),
          Map.entry(
              "web.console.transfers", Set.of("collect", "server", "web.console", "web.figures")),
          Map.entry(
              "web.console.trial",
              Set.of("config", "endpoint", "server", "session", "web.console")),
          Map.entry(
              "web.content",
              Set.of("catalog", "remote", "server", "storage", "thumbnail", "web.problem")),
          Map.entry("web.figures", Set.of("catalog", "collect", "endpoint", "media", "session")),
          Map.entry("web.ports", Set.of("config", "endpoint", "server", "web.figures")),
          Map.entry("web.problem", Set.of("catalog")),
          Map.entry(
              "web.rest",
              Set.of(
                  "account",
                  "catalog",
                  "check",
                  "collect",
                  "config",
                  "endpoint",
                  "identity",
                  "library",
                  "media",
                  "parity",
                  "proof",
                  "remote",
                  "server",
                  "session",
                  "web.figures",
                  "web.ports",
                  "web.problem")),
          Map.entry(
              "web.security",
              Set.of("account", "catalog", "config", "server", "web.console", "web.problem")),
          Map.entry("web.xmlrpc", Set.of("config", "parity", "remote", "server")));

  /** How many classes each package had at least when these rules were written. */
  private static final Map<String, Integer> SEEN =
      Map.ofEntries(
          Map.entry("web.console", 9),
          Map.entry("web.console.administration", 7),
          Map.entry("web.console.clients", 1),
          Map.entry("web.console.endpoints", 2),
          Map.entry("web.console.library", 2),
          Map.entry("web.console.overview", 1),
          Map.entry("web.console.sessions", 2),
          Map.entry("web.console.transfers", 1),
          Map.entry("web.console.trial", 7),
          Map.entry("web.content", 17),
          Map.entry("web.figures", 6),
          Map.entry("web.ports", 14),
          Map.entry("web.problem", 5),
          Map.entry("web.rest", 30),
          Map.entry("web.security", 17),
          Map.entry("web.xmlrpc", 30));

  static Stream<String> packages() {
    return ARROWS.keySet().stream().sorted();
  }

  @Test
  void everyPackageHasItsRule() {
    assertEquals(
        new TreeSet<>(ARROWS.keySet()),
        MODULE.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void rulesLookAtEveryPackage(String name) {
    long seen = MODULE.stream().filter(type -> type.getPackageName().equals(ROOT + name)).count();
    assertTrue(seen >= SEEN.get(name), () -> name + " has " + seen);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatItMay(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "lie in a package that " + name + " may not use", type -> forbidden(name, type)))
        .check(MODULE);
  }

  private static boolean forbidden(String name, JavaClass type) {
    String other = type.getPackageName();
    return other.startsWith(ROOT)
        && !other.equals(ROOT + name)
        && !ARROWS.get(name).contains(other.substring(ROOT.length()));
  }
}
