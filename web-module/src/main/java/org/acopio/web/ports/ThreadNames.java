package org.acopio.web.ports;

/** Counts the threads of the JVM by their names, without stopping any of them. */
final class ThreadNames {
  /** Threads that begin between the two questions have room too. */
  private static final int ROOM = 100;

  private ThreadNames() {}

  static int count(String prefix) {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] running = new Thread[all.activeCount() + ROOM];
    int there = all.enumerate(running);
    int count = 0;
    for (int i = 0; i < there; i++) {
      count += running[i].getName().startsWith(prefix) ? 1 : 0;
    }
    return count;
  }
}
