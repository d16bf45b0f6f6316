package org.acopio.web.console;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pages that look on what changes: one snapshot of a topic serves them all, so that a
 * hundred browsers cost hardly more than one. Thread-safe.
 */
@ApplicationScoped
public class Live {
  /** How often a topic is looked at while a page shows it. */
  static final Duration TICK = Duration.ofMillis(500);

  /** How long a page looks on until it has to be let in again. */
  static final Duration RENEWAL = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(Live.class.getName());

  @Inject @Any private Instance<LiveTopic> found;
  @Resource private ManagedScheduledExecutorService scheduler;
  private final Map<String, Broadcast> topics = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> ticking;

  @PostConstruct
  void start() {
    for (LiveTopic topic : found) {
      if (topics.put(topic.name(), new Broadcast(topic)) != null) {
        throw new IllegalStateException("two live topics are named " + topic.name());
      }
    }
    ticking =
        scheduler.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  /** Does something once, when a connection has been there for long enough. */
  void later(Runnable task) {
    scheduler.schedule(task, RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a topic tells, if there is one of this name. */
  Optional<Broadcast> topic(String name) {
    return Optional.ofNullable(topics.get(name));
  }

  private void tick() {
    for (Broadcast topic : topics.values()) {
      try {
        topic.tick(System.nanoTime());
      } catch (RuntimeException e) {
        // An exception would end the schedule, and every page would stand still.
        LOG.log(Level.WARNING, "a live page missed a change", e);
      }
    }
  }
}
