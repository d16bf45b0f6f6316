package org.acopio.remote;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.rmi.Remote;
import java.rmi.RemoteException;
import org.acopio.rules.ModuleRules;
import org.junit.jupiter.api.Test;

/** What every class of the contract keeps, so that it stays one. */
class RemoteApiRulesTest extends ModuleRules {
  private static final JavaClasses CONTRACT = moduleOf(Batch.class);

  RemoteApiRulesTest() {
    super(CONTRACT, 45);
  }

  @Test
  void rulesLookAtTheWholeContract() {
    assertTrue(CONTRACT.size() >= 45, () -> "classes seen: " + CONTRACT.size());
    assertEquals(11, serializables(), "serializable classes that are no enum");
  }

  private static long serializables() {
    return CONTRACT.stream().filter(travels()).count();
  }

  private static DescribedPredicate<JavaClass> travels() {
    return DescribedPredicate.describe(
        "are serialized by field",
        type -> type.isAssignableTo(Serializable.class) && !type.isEnum());
  }

  @Test
  void everySerializableClassDeclaresItsVersion() {
    classes().that(travels()).should(declareVersion()).check(CONTRACT);
  }

  private static ArchCondition<JavaClass> declareVersion() {
    return new ArchCondition<>("declare serialVersionUID") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean declared =
            type.tryGetField("serialVersionUID").filter(RemoteApiRulesTest::constant).isPresent();
        events.add(new SimpleConditionEvent(type, declared, type.getName() + " has a version"));
      }
    };
  }

  private static boolean constant(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        && field.getModifiers().contains(JavaModifier.FINAL)
        && field.getRawType().isEquivalentTo(long.class);
  }

  @Test
  void contractNeedsTheJdkOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.acopio.remote", "org.jspecify.annotations")
        .check(CONTRACT);
  }

  @Test
  void valuesDoNotChange() {
    fields()
        .that()
        .areNotStatic()
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are public", type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
        .should()
        .beFinal()
        .check(CONTRACT);
  }

  @Test
  void publicClassesAreFinalOrSealed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CONTRACT);
  }

  @Test
  void everyRemoteOperationCanFailAsTheNetworkDoes() {
    long operations =
        CONTRACT.stream()
            .filter(type -> type.isInterface() && type.isAssignableTo(Remote.class))
            .flatMap(type -> type.getMethods().stream())
            .peek(
                method ->
                    assertTrue(
                        method.getThrowsClause().containsType(RemoteException.class),
                        method::getFullName))
            .count();
    assertEquals(12, operations);
  }
}
