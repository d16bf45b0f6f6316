package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import org.acopio.parity.ParityCalls;
import org.acopio.parity.ParityCalls.Result;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Publishes the counts of parity under {@code /metrics}. Gauges, since the counts are kept where no
 * metrics are known; they never fall while a server runs.
 */
@ApplicationScoped
public class ParityMetrics {
  private static final Metadata CALLS =
      Metadata.builder()
          .withName("acopio_parity_calls")
          .withDescription(
              "Numbers asked about since the start, by transport and by result. Never falls.")
          .build();

  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    ParityCalls calls = acopio.parityCalls();
    for (Transport transport : Transport.values()) {
      for (Result result : Result.values()) {
        registry.gauge(
            CALLS,
            calls,
            counts -> counts.count(transport, result),
            new Tag("transport", transport.name().toLowerCase(Locale.ROOT)),
            new Tag("result", result.name().toLowerCase(Locale.ROOT)));
      }
    }
  }
}
