package org.acopio.identity;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The live connections that stand on each identity, so that they end with it. Thread-safe. */
final class Connections {
  private final Map<Long, Set<Runnable>> open = new ConcurrentHashMap<>();

  /** Enters a connection before its identity is looked up, so that no revocation is missed. */
  void enter(long identity, Runnable close) {
    open.compute(
        identity,
        (number, present) -> {
          Set<Runnable> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(close);
          return all;
        });
  }

  void leave(long identity, Runnable close) {
    open.computeIfPresent(
        identity,
        (number, present) -> {
          present.remove(close);
          return present.isEmpty() ? null : present;
        });
  }

  /** Closes those of an identity, each once. */
  void close(long identity) {
    Set<Runnable> all = open.remove(identity);
    if (all != null) {
      all.forEach(Runnable::run);
    }
  }
}
