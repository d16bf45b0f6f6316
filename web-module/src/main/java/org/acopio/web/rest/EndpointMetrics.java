package org.acopio.web.rest;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiPort;
import org.acopio.server.Acopio;
import org.acopio.web.ports.HttpConnections;
import org.acopio.web.ports.HttpFigures;
import org.acopio.web.ports.HttpPort;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the figures of the listening ports under {@code /metrics}, by endpoint and port. Ports
 * open after the application has begun, so each is published when it does; one that closed stays,
 * with zeros.
 */
@ApplicationScoped
public class EndpointMetrics {
  private static final Metadata OPEN = metadata("open", "Connections that are open.");
  private static final Metadata THREADS = metadata("threads", "Threads that serve the port.");
  private static final Metadata ACCEPTED =
      metadata("accepted", "Connections that were accepted. Never falls.");
  private static final Metadata REFUSED =
      metadata(
          "refused",
          "Connections that were turned away because of a limit or a pause. Never falls.");
  private static final Metadata TIMED_OUT =
      metadata("timed_out", "Connections that a deadline ended. Never falls.");
  private static final Metadata MESSAGES =
      metadata("messages", "Messages that came; of HTTP requests. Never falls.");

  private static final Map<Metadata, ToLongFunction<EndpointFigures>> FIGURES =
      Map.ofEntries(
          Map.entry(OPEN, EndpointFigures::open),
          Map.entry(THREADS, EndpointFigures::threads),
          Map.entry(
              metadata("paused", "1 while new connections are turned away."),
              now -> now.paused() ? 1 : 0),
          Map.entry(ACCEPTED, EndpointFigures::accepted),
          Map.entry(REFUSED, now -> now.refused().orElse(0)),
          Map.entry(TIMED_OUT, EndpointFigures::timedOut),
          Map.entry(
              metadata("failed", "Connections that a fault ended. Never falls."),
              EndpointFigures::failed),
          Map.entry(MESSAGES, EndpointFigures::messages),
          Map.entry(
              metadata("read_bytes", "Bytes from clients. Never falls."),
              EndpointFigures::bytesRead),
          Map.entry(
              metadata("written_bytes", "Bytes to clients. Never falls."),
              EndpointFigures::bytesWritten));

  private static final Map<Metadata, ToLongFunction<HttpConnections>> CONNECTIONS =
      Map.of(
          OPEN, HttpConnections::open,
          ACCEPTED, HttpConnections::accepted,
          REFUSED, HttpConnections::refused,
          TIMED_OUT, HttpConnections::timedOut);

  private static final Metadata REQUEST_SECONDS =
      metadata("request_seconds", "Seconds that the requests took together. Never falls.");

  private static final Tag RMI = new Tag("endpoint", "rmi");

  private final Endpoints endpoints = new Endpoints();
  private final Set<Integer> published = ConcurrentHashMap.newKeySet();
  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;
  @Inject private HttpFigures http;
  private @Nullable Runnable stop;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    stop = endpoints.watch(this::publishAll);
    publishAll();
    publishRmi();
    http.watch(this::publish);
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

  private void publishRmi() {
    RmiPort port = new RmiPort(acopio);
    Tag number = new Tag("port", Integer.toString(port.number()));
    FIGURES.forEach(
        (metadata, figure) ->
            registry.gauge(metadata, port, now -> figure.applyAsLong(now.figures()), RMI, number));
  }

  /** Those of connections only where the launcher counts them. */
  private void publish(HttpPort port) {
    if (!published.add(port.port())) {
      return;
    }
    Tag name = new Tag("endpoint", port.word());
    Tag number = new Tag("port", Integer.toString(port.port()));
    registry.gauge(THREADS, port, HttpPort::threads, name, number);
    registry.gauge(MESSAGES, port, HttpPort::served, name, number);
    registry.gauge(REQUEST_SECONDS, port, now -> now.nanos() / 1e9, name, number);
    if (port.isCounted()) {
      CONNECTIONS.forEach(
          (metadata, figure) ->
              registry.gauge(
                  metadata,
                  port,
                  now -> now.connections().map(figure::applyAsLong).orElse(0L),
                  name,
                  number));
    }
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder()
        .withName("acopio_endpoint_" + name)
        .withDescription(description)
        .build();
  }
}
