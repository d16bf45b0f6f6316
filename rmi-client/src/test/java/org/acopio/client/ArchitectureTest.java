package org.acopio.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.Set;
import java.util.stream.Stream;
import org.acopio.client.send.Sender;
import org.acopio.media.MediaKind;
import org.acopio.rules.ModuleRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of the agent: {@code command → send → scan → media} and {@code command → talk}. */
class ArchitectureTest extends ModuleRules {
  private static final JavaClasses CLASSES = moduleOf(Sender.class);

  ArchitectureTest() {
    super(CLASSES, 100);
  }

  /** {@code Opening} writes nothing: it opens a pipe at both ends. */
  @Override
  protected Set<String> writers() {
    return Set.of(
        "org.acopio.client.scan.AgentKey",
        "org.acopio.client.scan.JournalFile",
        "org.acopio.client.scan.Opening",
        "org.acopio.client.scan.OwnerOnly",
        "org.acopio.client.scan.RegularFile",
        "org.acopio.client.send.IdentityFolder");
  }

  /** The command line and a run of the agent, which hand their clock on. */
  @Override
  protected Set<String> timekeepers() {
    return Set.of("org.acopio.client.command.Terminal", "org.acopio.client.send.Sender");
  }

  /** Rules that look at nothing pass always. */
  @ParameterizedTest
  @CsvSource({"scan,20", "send,35", "talk,8", "command,25"})
  void eachPackageIsLookedAt(String name, int least) {
    String inside = "org.acopio.client." + name;
    long found =
        Stream.of(CLASSES.toArray(new Object[0]))
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
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.acopio.client.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlySendKnowsRmi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.acopio.client.send")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.rmi..", "javax.rmi..", "org.acopio.remote..")
        .check(CLASSES);
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
        .check(CLASSES);
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
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTika() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.tika..").check(CLASSES);
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
        .check(CLASSES);
  }

  @Test
  void onlyTheMainClassEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.acopio.client.command.Acopio")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
