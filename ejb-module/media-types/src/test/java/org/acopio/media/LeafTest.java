package org.acopio.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** No arrow of the house leaves this module. */
class LeafTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.acopio");

  @Test
  void rulesLookAtTheModule() {
    assertTrue(MODULE.size() >= 10, () -> "only " + MODULE.size() + " classes");
  }

  @Test
  void mediaKnowsTheJdkAndTikaOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.acopio.media", "java..", "org.apache.tika..", "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void onlyOneClassKnowsTika() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(TikaTypes.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.tika..")
        .check(MODULE);
  }

  @Test
  void mediaTouchesNoFiles() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
        .check(MODULE);
  }
}
