package org.acopio.web.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.acopio.collect.Problem;

/** What a person may want to put right about the listening ports. */
final class PortProblems {
  private PortProblems() {}

  static List<Problem> of(List<PortState> ports) {
    List<Problem> found = new ArrayList<>();
    add(found, Problem.Code.PORTS_FULL, ports, PortState::isFull);
    add(found, Problem.Code.PORTS_PAUSED, ports, PortState::paused);
    return found;
  }

  private static void add(
      List<Problem> found, Problem.Code code, List<PortState> ports, Predicate<PortState> such) {
    List<PortState> those = ports.stream().filter(such).toList();
    if (!those.isEmpty()) {
      String names =
          those.stream()
              .map(port -> port.name() + " " + port.port())
              .collect(Collectors.joining(", "));
      found.add(new Problem(code, those.size(), 0, 0, 0, names));
    }
  }
}
