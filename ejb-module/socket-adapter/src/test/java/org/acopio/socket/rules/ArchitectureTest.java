package org.acopio.socket.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** The adapter is of use without the product that it ships with. */
class ArchitectureTest {
  private static final int CLASSES_AT_LEAST = 60;

  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.acopio.socket");

  @Test
  void theRulesSawTheAdapter() {
    assertTrue(ADAPTER.size() >= CLASSES_AT_LEAST, "only " + ADAPTER.size() + " classes");
  }

  @Test
  void itKnowsNothingOfTheProduct() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.acopio.socket..",
            "java..",
            "javax.net..",
            "javax.security.auth.x500..",
            "javax.management..",
            "javax.transaction.xa..",
            "jdk.net..",
            "jakarta.resource..",
            "io.netty..",
            "org.eclipse.microprofile.config..",
            "org.jspecify..")
        .check(ADAPTER);
  }

  @Test
  void onlyEventLoopsKnowNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.socket.selector")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(ADAPTER);
  }

  @Test
  void theTwoKindsOfConcurrencyDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("org.acopio.socket.thread")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.acopio.socket.selector")
        .check(ADAPTER);
    noClasses()
        .that()
        .resideInAPackage("org.acopio.socket.selector")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.acopio.socket.thread")
        .check(ADAPTER);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.acopio.socket.(*)..").should().beFreeOfCycles().check(ADAPTER);
  }

  @Test
  void nothingIsPrintedAndNoGenericExceptionThrown() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ADAPTER);
    GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(ADAPTER);
  }
}
