package org.acopio.web.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the house that begin in the web's transports; every other is forbidden. */
class WebRulesTest {
  private static final String ROOT = "org.acopio.";

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.acopio.web");

  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "web.rest",
              Set.of(
                  "server",
                  "session",
                  "parity",
                  "catalog",
                  "remote",
                  "account",
                  "config",
                  "collect",
                  "endpoint"),
          "web.security", Set.of("server", "account", "catalog", "config", "web.console"),
          "web.xmlrpc", Set.of("server", "parity", "config", "remote"),
          "web.console", Set.of(),
          "web.console.sessions", Set.of("server", "session", "account", "web.console"),
          "web.console.endpoints", Set.of("server", "endpoint", "config", "account", "web.console"),
          "web.console.trial", Set.of("server", "session", "endpoint", "config", "web.console"));

  @Test
  void rulesLookAtEveryTransport() {
    assertTrue(count("web.rest") >= 5, () -> "rest has " + count("web.rest"));
    assertTrue(count("web.console") >= 8, () -> "console has " + count("web.console"));
    assertTrue(count("web.console.sessions") >= 2, () -> "" + count("web.console.sessions"));
    assertTrue(count("web.console.endpoints") >= 12, () -> "" + count("web.console.endpoints"));
    assertTrue(count("web.console.trial") >= 6, () -> "" + count("web.console.trial"));
    assertTrue(count("web.security") >= 15, () -> "security has " + count("web.security"));
    assertTrue(count("web.xmlrpc") >= 20, () -> "xmlrpc has " + count("web.xmlrpc"));
  }

  private static long count(String name) {
    return MODULE.stream().filter(type -> type.getPackageName().equals(ROOT + name)).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web.rest",
        "web.xmlrpc",
        "web.console",
        "web.security",
        "web.console.sessions",
        "web.console.endpoints",
        "web.console.trial"
      })
  void aTransportUsesOnlyWhatItMay(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "lie in a package that " + name + " may not use",
                type ->
                    type.getPackageName().startsWith(ROOT)
                        && !type.getPackageName().equals(ROOT + name)
                        && !ARROWS
                            .get(name)
                            .contains(type.getPackageName().substring(ROOT.length()))))
        .check(MODULE);
  }
}
