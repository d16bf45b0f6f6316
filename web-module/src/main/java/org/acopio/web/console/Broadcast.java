package org.acopio.web.console;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One topic and the pages that look at it. A page gets the state when it comes, each change, and
 * the state again after a while without one, by which it knows that the server is there.
 * Thread-safe.
 */
final class Broadcast {
  static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final String FAILED = "{\"failed\":true}";
  private static final Logger LOG = System.getLogger(Broadcast.class.getName());

  private final LiveTopic topic;
  private final Set<Onlooker> onlookers = ConcurrentHashMap.newKeySet();
  private String last = "";
  private long saidAt;
  private boolean failing;

  Broadcast(LiveTopic topic) {
    this.topic = topic;
  }

  /** From now on tells this one too, and at once what is. */
  void join(Onlooker onlooker) {
    onlookers.add(onlooker);
    onlooker.tell(state());
  }

  void leave(Onlooker onlooker) {
    onlookers.remove(onlooker);
  }

  /** Looks at the topic when anybody looks on. */
  void tick(long nanoTime) {
    if (onlookers.isEmpty()) {
      return;
    }
    String state = state();
    if (!state.equals(last) || nanoTime - saidAt >= HEARTBEAT.toNanos()) {
      last = state;
      saidAt = nanoTime;
      onlookers.forEach(onlooker -> onlooker.tell(state));
    }
  }

  private synchronized String state() {
    try {
      String state = topic.snapshot().toString();
      failing = false;
      return state;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(Level.WARNING, "pages cannot show " + topic.name(), e);
      }
      return FAILED;
    }
  }
}
