package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.acopio.collect.DurationHistogram;
import org.acopio.collect.Operation;
import org.acopio.collect.Transport;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Publishes under {@code /metrics} how long the collector's calls took, as a histogram that {@code
 * histogram_quantile} of Prometheus understands. Gauges, since the times are kept where no metrics
 * are known.
 */
@ApplicationScoped
public class CallMetrics {
  private static final String NAME = "acopio_collect_calls_seconds_";
  private static final Metadata BUCKET =
      metadata("bucket", "Calls of agents that took at most this many seconds. Never falls.");
  private static final Metadata COUNT = metadata("count", "Calls of agents. Never falls.");
  private static final Metadata SUM =
      metadata("sum", "Seconds that the calls of agents took together. Never falls.");
  private static final Metadata LONGEST =
      metadata("max", "Seconds that the longest call of agents took. Never falls.");

  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    for (Operation operation : Operation.values()) {
      for (Transport transport : Transport.values()) {
        publish(
            acopio.collector().times().of(operation, transport),
            new Tag("operation", operation.name().toLowerCase(Locale.ROOT)),
            new Tag("transport", transport.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private void publish(DurationHistogram times, Tag operation, Tag transport) {
    for (Duration bound : DurationHistogram.bounds()) {
      Tag upTo =
          new Tag(
              "le", BigDecimal.valueOf(bound.toNanos(), 9).stripTrailingZeros().toPlainString());
      registry.gauge(BUCKET, times, all -> all.count(bound), operation, transport, upTo);
    }
    Tag all = new Tag("le", "+Inf");
    registry.gauge(BUCKET, times, DurationHistogram::count, operation, transport, all);
    registry.gauge(COUNT, times, DurationHistogram::count, operation, transport);
    registry.gauge(SUM, times, each -> seconds(each.sum()), operation, transport);
    registry.gauge(LONGEST, times, each -> seconds(each.longest()), operation, transport);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Metadata metadata(String end, String description) {
    return Metadata.builder().withName(NAME + end).withDescription(description).build();
  }
}
