package org.acopio.web.console.trial;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many connections each person has from the page, and all together. Thread-safe. */
@ApplicationScoped
public class Visitors {
  static final int MAX_PER_PERSON = 4;
  static final int MAX = 40;

  private final Map<String, Integer> connections = new HashMap<>();
  private int all;

  /** Whether this person may have one more, which then counts. */
  synchronized boolean enter(String person) {
    int own = connections.getOrDefault(person, 0);
    if (all >= MAX || own >= MAX_PER_PERSON) {
      return false;
    }
    connections.put(person, own + 1);
    all++;
    return true;
  }

  /** One of this person's is over. */
  synchronized void leave(String person) {
    if (connections.computeIfPresent(person, (name, own) -> own == 1 ? null : own - 1) == null) {
      connections.remove(person);
    }
    all--;
  }
}
