package org.acopio.web.rest;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiFigures;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the figures of the listening ports but those of HTTP under {@code /metrics}, by
 * endpoint and port. Ports open after the application has begun, so each is published when it does;
 * one that closed stays, with zeros.
 */
@ApplicationScoped
public class EndpointMetrics {
  private static final Map<Metadata, ToLongFunction<EndpointFigures>> FIGURES =
      new LinkedHashMap<>();

  static {
    figure("open", "Connections that are open.", EndpointFigures::open);
    figure("threads", "Threads that serve the port.", EndpointFigures::threads);
    figure("paused", "1 while new connections are turned away.", now -> now.paused() ? 1 : 0);
    figure("accepted", "Connections that were accepted. Never falls.", EndpointFigures::accepted);
    figure(
        "refused",
        "Connections that were turned away because of a limit or a pause. Never falls.",
        now -> now.refused().orElse(0));
    figure(
        "timed_out", "Connections that a deadline ended. Never falls.", EndpointFigures::timedOut);
    figure("failed", "Connections that a fault ended. Never falls.", EndpointFigures::failed);
    figure("messages", "Messages that came. Never falls.", EndpointFigures::messages);
    figure("read_bytes", "Bytes from clients. Never falls.", EndpointFigures::bytesRead);
    figure("written_bytes", "Bytes to clients. Never falls.", EndpointFigures::bytesWritten);
  }

  private static final Tag RMI = new Tag("endpoint", "rmi");

  private final Endpoints endpoints = new Endpoints();
  private final Set<Integer> published = ConcurrentHashMap.newKeySet();
  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;
  private @Nullable Runnable stop;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    stop = endpoints.watch(this::publishAll);
    publishAll();
    publishRmi();
  }

  @PreDestroy
  void stop() {
    if (stop != null) {
      stop.run();
    }
  }

  private void publishAll() {
    for (EndpointFigures port : endpoints.all()) {
      if (published.add(port.port())) {
        publish(port);
      }
    }
  }

  private void publish(EndpointFigures port) {
    Tag name = new Tag("endpoint", port.name());
    Tag number = new Tag("port", Integer.toString(port.port()));
    FIGURES.forEach(
        (metadata, figure) ->
            registry.gauge(
                metadata,
                port.port(),
                open -> endpoints.find(open).map(figure::applyAsLong).orElse(0L),
                name,
                number));
  }

  /** Its transport does not tell whom it turned away. */
  private void publishRmi() {
    Tag number = new Tag("port", Integer.toString(acopio.rmiAddress().getPort()));
    FIGURES.forEach(
        (metadata, figure) -> {
          if (!metadata.getName().endsWith("_refused")) {
            registry.gauge(
                metadata, acopio, server -> figure.applyAsLong(RmiFigures.of(server)), RMI, number);
          }
        });
  }

  private static void figure(
      String name, String description, ToLongFunction<EndpointFigures> figure) {
    FIGURES.put(
        Metadata.builder().withName("acopio_endpoint_" + name).withDescription(description).build(),
        figure);
  }
}
