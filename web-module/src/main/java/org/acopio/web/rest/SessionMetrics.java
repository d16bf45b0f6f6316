package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.acopio.server.Acopio;
import org.acopio.session.EndReason;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Publishes under {@code /metrics} who is connected and who was. Gauges: others keep the counts.
 */
@ApplicationScoped
public class SessionMetrics {
  private static final Metadata LIVE =
      metadata("acopio_sessions_live", "Connections that are open, by kind.");
  private static final Metadata BEGUN =
      metadata("acopio_sessions_begun", "Connections since the start, by kind. Never falls.");
  private static final Metadata ENDED =
      metadata(
          "acopio_sessions_ended",
          "Connections that are over, since the start, by kind and reason. Never falls.");
  private static final Metadata DROPPED =
      metadata(
          "acopio_sessions_history_dropped",
          "Ended connections that are missing in the history, which could not take them. Never falls.");

  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    Sessions sessions = acopio.sessions();
    registry.gauge(DROPPED, sessions, Sessions::droppedFromHistory);
    for (SessionKind kind : SessionKind.values()) {
      Tag tag = new Tag("kind", kind.word());
      registry.gauge(LIVE, sessions, all -> all.counts().get(kind), tag);
      registry.gauge(BEGUN, sessions, all -> all.begun(kind), tag);
      for (EndReason reason : EndReason.values()) {
        registry.gauge(
            ENDED, sessions, all -> all.ended(kind, reason), tag, new Tag("reason", reason.word()));
      }
    }
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
