package org.acopio.thumbnail;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.acopio.thumbnail.worker.Worker;
import org.junit.jupiter.api.Test;

/** Nothing that decodes is within reach of the server. */
class ThumbnailRulesTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.acopio");

  @Test
  void rulesLookAtBothSides() {
    long server =
        MODULE.stream()
            .filter(type -> type.getPackageName().equals("org.acopio.thumbnail"))
            .count();
    assertTrue(server >= 13, () -> "there are " + server);
    assertTrue(MODULE.size() - server >= 14, () -> "there are " + (MODULE.size() - server));
  }

  @Test
  void theServersSideHasTheJdkOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.acopio.thumbnail")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "org.acopio.thumbnail", "org.jspecify..")
        .check(MODULE);
    noClasses()
        .that()
        .resideInAPackage("org.acopio.thumbnail")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..")
        .check(MODULE);
  }

  @Test
  void theWorkerKnowsNothingElseOfTheProduct() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.acopio.(remote|media|storage|catalog|server)..")
        .check(MODULE);
  }

  @Test
  void theWorkerHasItsName() {
    assertEquals(WorkerCommand.MAIN, Worker.class.getName());
  }

  @Test
  void nobodyThrowsGenericExceptions() {
    GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(MODULE);
  }
}
