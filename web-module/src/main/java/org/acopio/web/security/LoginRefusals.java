package org.acopio.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts under {@code /metrics} who was not let in, by reason. */
@ApplicationScoped
public class LoginRefusals {
  /** Who guesses too often has to wait, and is not listened to meanwhile. */
  static final String WAIT = "wait";

  /** Name or password, of the form or in the request. */
  static final String WRONG = "wrong";

  static final String TOKEN = "token";
  static final String LOCKED = "locked";
  static final String TICKET_OVER = "ticket-over";
  static final String TICKET_ELSEWHERE = "ticket-elsewhere";

  private static final List<String> REASONS =
      List.of(WRONG, LOCKED, WAIT, TOKEN, TICKET_OVER, TICKET_ELSEWHERE);

  private static final Metadata REFUSED =
      Metadata.builder()
          .withName("acopio_logins_refused")
          .withDescription("Logins that were refused, by reason.")
          .build();

  @Inject private MetricRegistry registry;

  /** Each reason is there from the start, so that the first one is seen as an increase. */
  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    REASONS.forEach(this::counter);
  }

  void count(String reason) {
    counter(reason).inc();
  }

  private Counter counter(String reason) {
    return registry.counter(REFUSED, new Tag("reason", reason));
  }
}
