package org.acopio.web.console;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks every WebSocket (RFC 6455, section 5.5.2) for a sign of life: browsers answer by themselves,
 * also for a page that says nothing. The port of HTTP ends a connection from which nothing comes
 * for longer than {@link #PERIOD} allows for, such as one whose cable was pulled. Thread-safe.
 */
@ApplicationScoped
public class Pings {
  /** How often; HTTP's port waits for more than two. */
  static final Duration PERIOD = Duration.ofSeconds(15);

  private static final Logger LOG = System.getLogger(Pings.class.getName());

  @Resource private ManagedScheduledExecutorService scheduler;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledFuture<?> asking;

  @PostConstruct
  void start() {
    asking =
        scheduler.scheduleWithFixedDelay(
            this::ask, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (asking != null) {
      asking.cancel(false);
    }
  }

  /** From now on asks this one too, until it is over. */
  public void keep(Session session) {
    sessions.add(session);
  }

  private void ask() {
    sessions.removeIf(session -> !session.isOpen());
    for (Session session : sessions) {
      try {
        session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      } catch (IOException | RuntimeException e) {
        // An exception would end the schedule.
        LOG.log(Level.DEBUG, "a page is gone", e);
      }
    }
  }
}
