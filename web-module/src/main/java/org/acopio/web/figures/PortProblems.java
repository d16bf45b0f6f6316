package org.acopio.web.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.acopio.collect.Problem;
import org.acopio.endpoint.EndpointFigures;

/** What a person may want to put right about the listening ports. */
final class PortProblems {
  private PortProblems() {}

  static List<Problem> of(List<EndpointFigures> ports) {
    List<Problem> found = new ArrayList<>();
    add(found, Problem.Code.PORTS_FULL, ports, port -> port.open() >= port.maxConnections());
    add(found, Problem.Code.PORTS_PAUSED, ports, EndpointFigures::paused);
    return found;
  }

  private static void add(
      List<Problem> found,
      Problem.Code code,
      List<EndpointFigures> ports,
      Predicate<EndpointFigures> such) {
    List<EndpointFigures> those = ports.stream().filter(such).toList();
    if (!those.isEmpty()) {
      String names =
          those.stream()
              .map(port -> port.name() + " " + port.port())
              .collect(Collectors.joining(", "));
      found.add(new Problem(code, those.size(), 0, 0, 0, names));
    }
  }
}
