package org.acopio.thumbnail;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.acopio.rules.ModuleRules;
import org.acopio.thumbnail.worker.Worker;
import org.junit.jupiter.api.Test;

/** Nothing that decodes is within reach of the server. */
class ThumbnailRulesTest extends ModuleRules {
  private static final JavaClasses MODULE = moduleOf(Worker.class);

  ThumbnailRulesTest() {
    super(MODULE, 27);
  }

  @Override
  protected Set<String> writers() {
    return Set.of(
        "org.acopio.thumbnail.Cache",
        "org.acopio.thumbnail.worker.Documents",
        "org.acopio.thumbnail.worker.Inspector",
        "org.acopio.thumbnail.worker.Stills",
        "org.acopio.thumbnail.worker.Tags");
  }

  @Override
  protected Set<String> timekeepers() {
    return Set.of("org.acopio.thumbnail.Thumbnails");
  }

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
