package org.acopio.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules that every module keeps, to be extended by a test in each. Who may do what is named by
 * the class, for the classes in it too, or by the package; a name that does nothing of the kind any
 * more is an error, so that no rule passes on nothing.
 */
public abstract class ModuleRules {
  private final JavaClasses module;
  private final int least;

  /**
   * @param module its classes, from {@link #moduleOf}
   * @param least how many it had at least when the rules were written
   */
  protected ModuleRules(JavaClasses module, int least) {
    this.module = module;
    this.least = least;
  }

  /** The classes that were compiled together with this one. */
  public static JavaClasses moduleOf(Class<?> type) {
    return new ClassFileImporter()
        .importUrl(type.getProtectionDomain().getCodeSource().getLocation());
  }

  /** Who makes, changes, moves or removes files, or opens them in a way that might. */
  protected Set<String> writers() {
    return Set.of();
  }

  /** Who asks the system for the time; everybody else is given a clock, so that tests have it. */
  protected Set<String> timekeepers() {
    return Set.of();
  }

  @Test
  public final void rulesLookAtTheModule() {
    assertTrue(module.size() >= least, () -> "classes seen: " + module.size());
  }

  /** RMI itself does, behind the filters; nothing of the product's own does. */
  @Test
  public final void nobodyDeserialises() {
    assertOnly(Set.of(), Deed.DESERIALISES);
  }

  @Test
  public final void filesAreWrittenAtTheirPlaceOnly() {
    assertOnly(writers(), Deed.WRITES_FILES);
  }

  @Test
  public final void theTimeComesFromAClock() {
    assertOnly(timekeepers(), Deed.TAKES_THE_TIME);
  }

  private void assertOnly(Set<String> places, Deed deed) {
    TreeMap<String, List<String>> found = places(module, deed);
    Set<String> named = new TreeSet<>();
    for (String place : found.keySet()) {
      String wholePackage = place.substring(0, place.lastIndexOf('.'));
      named.add(places.contains(wholePackage) ? wholePackage : place);
    }
    assertEquals(new TreeSet<>(places), named, () -> deed + ": " + found);
  }

  /** Where it is done, and by which calls. */
  static TreeMap<String, List<String>> places(JavaClasses module, Deed deed) {
    TreeMap<String, List<String>> places = new TreeMap<>();
    for (JavaClass type : module) {
      List<String> calls =
          type.getAccessesFromSelf().stream()
              .filter(deed::isDoneBy)
              .map(JavaAccess::getDescription)
              .sorted()
              .toList();
      if (!calls.isEmpty()) {
        places.merge(outermost(type), calls, ModuleRules::joined);
      }
    }
    return places;
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(ModuleRules::outermost).orElse(type.getName());
  }
}
