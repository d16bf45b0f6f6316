package org.acopio.socket.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.acopio.rules.ModuleRules;
import org.acopio.socket.TcpConnection;
import org.junit.jupiter.api.Test;

/** The adapter is of use without the product that it ships with. */
class ArchitectureTest extends ModuleRules {
  private static final JavaClasses ADAPTER = moduleOf(TcpConnection.class);

  ArchitectureTest() {
    super(ADAPTER, 60);
  }

  /** A connection knows when it came. */
  @Override
  protected Set<String> timekeepers() {
    return Set.of("org.acopio.socket.delivery.LiveConnection");
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
