package org.acopio.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.nio.file.ExtendedOpenOption;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.acopio.server.Acopio;
import org.h2.store.fs.FileBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house that lie in this module; every other is forbidden. */
class CollectorRulesTest extends ModuleRules {
  private static final String ROOT = "org.acopio.";

  private static final JavaClasses MODULE = moduleOf(Acopio.class);

  CollectorRulesTest() {
    super(MODULE, 200);
  }

  @Override
  protected Set<String> writers() {
    return Set.of(
        "org.acopio.catalog.CatalogFile",
        "org.acopio.identity.IdentityFolder",
        "org.acopio.identity.OwnerOnly",
        "org.acopio.server.AdminToken",
        "org.acopio.storage");
  }

  /** A connection knows when it came; the others hand a clock on to those that they make. */
  @Override
  protected Set<String> timekeepers() {
    return Set.of(
        "org.acopio.catalog.Catalog",
        "org.acopio.endpoint.SelectorSessionEndpoint",
        "org.acopio.endpoint.ThreadSessionEndpoint",
        "org.acopio.rmi.Arrival",
        "org.acopio.server.Acopio",
        "org.acopio.server.OfflineCheck",
        "org.acopio.storage.DiskStorage");
  }

  /** Which packages of the product each may use; the contract of the remote API is open to all. */
  private static final Map<String, Set<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("storage", Set.of()),
              Map.entry("catalog", Set.of("media")),
              Map.entry("library", Set.of("catalog", "media")),
              Map.entry("proof", Set.of("catalog", "storage")),
              Map.entry("check", Set.of("catalog", "storage")),
              Map.entry("parity", Set.of()),
              Map.entry("account", Set.of("catalog")),
              Map.entry("identity", Set.of("account", "catalog")),
              Map.entry("session", Set.of()),
              Map.entry("collect", Set.of("storage", "catalog", "session", "media")),
              Map.entry("rmi", Set.of("collect", "parity", "catalog", "session", "identity")),
              Map.entry("ingest", Set.of("collect")),
              Map.entry(
                  "endpoint",
                  Set.of("catalog", "ingest", "session", "server", "socket", "identity", "rmi")),
              Map.entry(
                  "config",
                  Set.of(
                      "storage",
                      "catalog",
                      "collect",
                      "check",
                      "rmi",
                      "session",
                      "account",
                      "thumbnail")),
              Map.entry(
                  "server",
                  Set.of(
                      "config",
                      "check",
                      "storage",
                      "catalog",
                      "collect",
                      "rmi",
                      "ingest",
                      "library",
                      "parity",
                      "session",
                      "account",
                      "identity",
                      "thumbnail"))));

  /** How many classes each package had at least when these rules were written. */
  private static final Map<String, Integer> SEEN =
      Map.ofEntries(
          Map.entry("storage", 25),
          Map.entry("account", 18),
          Map.entry("identity", 15),
          Map.entry("catalog", 40),
          Map.entry("library", 12),
          Map.entry("proof", 7),
          Map.entry("check", 12),
          Map.entry("parity", 4),
          Map.entry("collect", 16),
          Map.entry("rmi", 8),
          Map.entry("config", 5),
          Map.entry("server", 4),
          Map.entry("ingest", 12),
          Map.entry("session", 15),
          Map.entry("endpoint", 12));

  @Test
  void rulesLookAtEveryPackage() {
    Map<String, Long> seen =
        MODULE.stream()
            .collect(
                Collectors.groupingBy(
                    type -> type.getPackageName().substring(ROOT.length()),
                    TreeMap::new,
                    Collectors.counting()));
    assertTrue(seen.keySet().containsAll(ARROWS.keySet()), () -> "seen: " + seen);
    SEEN.forEach(
        (name, least) ->
            assertTrue(seen.get(name) >= least, () -> name + " has " + seen.get(name)));
    Set<String> unruled = new TreeSet<>(seen.keySet());
    unruled.removeAll(ARROWS.keySet());
    assertEquals(Set.of(), unruled, "packages without a rule");
  }

  static Set<String> packages() {
    return ARROWS.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageUsesOnlyThoseThatItMay(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "lie in a package that " + name + " may not use",
                type ->
                    type.getPackageName().startsWith(ROOT)
                        && !type.getPackageName().equals(ROOT + "remote")
                        && !type.getPackageName().equals(ROOT + name)
                        && !ARROWS
                            .get(name)
                            .contains(type.getPackageName().substring(ROOT.length()))))
        .check(MODULE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.acopio.(*)..").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void onlyEndpointsKnowTheSocketAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.endpoint")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.acopio.socket..")
        .check(MODULE);
  }

  @Test
  void onlyRmiSpeaksRmi() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.acopio.rmi", "org.acopio.server")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to RMI, exceptions of contracts excepted",
                type ->
                    type.getPackageName().startsWith("java.rmi")
                        && !type.getName().equals("java.rmi.Remote")
                        && !type.getName().equals("java.rmi.RemoteException")))
        .check(MODULE);
    noClasses()
        .that()
        .resideInAPackage("org.acopio.server")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to RMI, but for the failure to start it",
                type ->
                    type.getPackageName().startsWith("java.rmi")
                        && !type.getName().equals("java.rmi.RemoteException")))
        .check(MODULE);
  }

  @Test
  void onlyTheStorageTouchesFiles() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.storage")
        .and()
        .doNotHaveFullyQualifiedName("org.acopio.server.AdminToken")
        .and()
        .doNotHaveFullyQualifiedName("org.acopio.identity.IdentityFolder")
        .and()
        .doNotHaveFullyQualifiedName("org.acopio.identity.OwnerOnly")
        .and()
        .doNotHaveFullyQualifiedName("org.acopio.catalog.CatalogFile")
        .and()
        .areNotAssignableTo(FileBase.class) // through which H2 does
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "opens, makes, moves or deletes files",
                (JavaMethodCall call) ->
                    call.getTargetOwner().isEquivalentTo(Files.class)
                        || call.getTargetOwner().isEquivalentTo(FileChannel.class)))
        .check(MODULE);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.storage")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile)")
        .check(MODULE);
  }

  @Test
  void onlyTheCatalogKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.catalog")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "jakarta.persistence..",
            "org.h2..",
            "org.postgresql..",
            "com.zaxxer..",
            "org.flywaydb..",
            "org.eclipse.persistence..")
        .check(MODULE);
  }

  @Test
  void onlyTheIssuerKnowsBouncyCastle() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.acopio.identity.Issuer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(MODULE);
  }

  @Test
  void nobodyKnowsTika() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.tika..").check(MODULE);
  }

  @Test
  void onlyServerAndEndpointsKnowTheContainer() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.acopio.server", "org.acopio.catalog", "org.acopio.endpoint")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta..")
        .check(MODULE);
    noClasses()
        .that()
        .resideOutsideOfPackages("org.acopio.server", "org.acopio.config")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.microprofile..")
        .check(MODULE);
  }

  /** Direct I/O is an option of the JDK, and one class can do without it. */
  @Test
  void nothingHangsOnOneContainer() {
    DescribedPredicate<JavaClass> directIo = JavaClass.Predicates.type(ExtendedOpenOption.class);
    noClasses()
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "fish.payara..", "org.glassfish..", "com.sun..", "sun..", "jdk.internal..")
                .and(DescribedPredicate.not(directIo)))
        .check(MODULE);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.acopio.storage.OpenFiles$Direct")
        .should()
        .dependOnClassesThat(directIo)
        .check(MODULE);
  }

  @Test
  void nobodyWritesToTheStandardStreams() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
  }

  @Test
  void nobodyThrowsGenericExceptions() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
  }

  @Test
  void nobodyLogsThroughJavaUtilLogging() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
  }

  @Test
  void noStaticStateChanges() {
    classes()
        .should(
            new ArchCondition<JavaClass>("have only final static fields") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                    .filter(
                        field ->
                            field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.FINAL)
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                                // What weaves entities adds fields of its own.
                                && !field.getName().startsWith("_persistence"))
                    .forEach(
                        field ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    field, field.getFullName() + " can change")));
              }
            })
        .check(MODULE);
  }

  private static void check(ArchRule rule) {
    rule.check(MODULE);
  }
}
