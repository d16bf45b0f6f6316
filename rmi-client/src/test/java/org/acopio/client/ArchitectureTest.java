package org.acopio.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.stream.Stream;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of the agent: {@code command → send → scan → media} and {@code command → talk}. */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.acopio.client");
  }

  /** Rules that look at nothing pass always. */
  @ParameterizedTest
  @CsvSource({"scan,20", "send,35", "talk,8", "command,25"})
  void eachPackageIsLookedAt(String name, int least) {
    String inside = "org.acopio.client." + name;
    long found =
        Stream.of(classes.toArray(new Object[0]))
            .map(com.tngtech.archunit.core.domain.JavaClass.class::cast)
            .filter(type -> type.getPackageName().equals(inside))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .count();
    assertTrue(found >= least, found + " classes in " + inside);
  }

  @Test
  void arrowsPointDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command")
        .definedBy("org.acopio.client.command")
        .layer("send")
        .definedBy("org.acopio.client.send")
        .layer("talk")
        .definedBy("org.acopio.client.talk")
        .layer("scan")
        .definedBy("org.acopio.client.scan")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("send")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("talk")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("scan")
        .mayOnlyBeAccessedByLayers("command", "send")
        .check(classes);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.acopio.client.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlySendKnowsRmi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.client.send")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.rmi..", "javax.rmi..", "org.acopio.remote..")
        .check(classes);
  }

  @Test
  void onlySendAndTalkOpenSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.acopio.client.send", "org.acopio.client.talk")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Socket.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(NetworkChannel.class)
        .check(classes);
  }

  @Test
  void onlyCommandSpeaks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.client.command")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(classes);
  }

  @Test
  void nobodyKnowsTika() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.tika..").check(classes);
  }

  /** The kinds of file are values that everyone may name. */
  @Test
  void onlyScanTellsTypes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.client.scan")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.acopio.media").and(not(equivalentTo(MediaKind.class))))
        .check(classes);
  }

  @Test
  void onlyTheMainClassEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.acopio.client.command.Acopio")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(classes);
  }
}
