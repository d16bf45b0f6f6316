package org.acopio.web.ports;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.OptionalDouble;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiFigures;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;

/**
 * Every listening port with its figures and rates, and the load that runs. What a transport does
 * not tell is not there. Fields may be added; those that are there keep name and meaning.
 * Thread-safe.
 */
@ApplicationScoped
public class PortFigures {
  private final Endpoints endpoints = new Endpoints();
  private final Rates rates = new Rates(System::nanoTime);
  private final long stackBytes = Stacks.reservedBytes();

  @EJB private Acopio acopio;
  @Inject private HttpFigures http;
  @Inject private LoadGenerator load;

  /** All ports, what a thread costs, and the load that runs or was the last. */
  public JsonObject all() {
    JsonArrayBuilder ports = Building.array();
    endpoints.all().forEach(figures -> ports.add(port(figures)));
    ports.add(port(RmiFigures.of(acopio)));
    http.ports().forEach(one -> ports.add(port(one)));
    JsonObjectBuilder all = Building.object().add("endpoints", ports);
    if (stackBytes > 0) {
      all.add("stackBytes", stackBytes);
    }
    load.state().ifPresent(state -> all.add("load", state));
    return all.build();
  }

  /** The port with this number, if it is open. */
  public Optional<JsonObject> one(int port) {
    Optional<EndpointFigures> known =
        port == acopio.rmiAddress().getPort()
            ? Optional.of(RmiFigures.of(acopio))
            : endpoints.find(port);
    return known
        .map(this::port)
        .or(() -> http.find(port).map(this::port))
        .map(JsonObjectBuilder::build);
  }

  private JsonObjectBuilder port(EndpointFigures now) {
    JsonObjectBuilder json =
        Building.object()
            .add("name", now.name())
            .add("address", now.address())
            .add("port", now.port())
            .add("concurrency", now.concurrency())
            .add("secure", now.secure())
            .add("open", now.open())
            .add("threads", now.threads())
            .add("accepted", now.accepted())
            .add("timedOut", now.timedOut())
            .add("failed", now.failed())
            .add("messages", now.messages())
            .add("bytesRead", now.bytesRead())
            .add("bytesWritten", now.bytesWritten())
            .add("switchable", now.switchable())
            .add("paused", now.paused());
    if (now.maxConnections() < Integer.MAX_VALUE) {
      json.add("maxConnections", now.maxConnections());
    }
    now.maxConnectionsPerAddress().ifPresent(most -> json.add("maxConnectionsPerAddress", most));
    now.peakOpen().ifPresent(peak -> json.add("peak", peak));
    now.refused().ifPresent(refused -> json.add("refused", refused));
    String key = now.name() + " " + now.port();
    add(json, "acceptedRate", rates.of(key + " accepted", now.accepted()));
    add(json, "messageRate", rates.of(key + " messages", now.messages()));
    add(json, "byteRate", rates.of(key + " bytes", now.bytesRead() + now.bytesWritten()));
    return json;
  }

  /** A request is both a connection that is open, while it is served, and a message. */
  private JsonObjectBuilder port(HttpPort now) {
    String key = "http " + now.port();
    JsonObjectBuilder json =
        Building.object()
            .add("name", "http")
            .add("port", now.port())
            .add("concurrency", "http")
            .add("secure", now.secure())
            .add("open", now.open())
            .add("peak", now.peak())
            .add("threads", ThreadNames.count("http-thread-pool"))
            .add("messages", now.served())
            .add("switchable", false)
            .add("paused", false);
    now.maxOpen().ifPresent(most -> json.add("maxConnections", most));
    OptionalDouble requests = rates.of(key + " requests", now.served());
    OptionalDouble nanos = rates.of(key + " nanos", now.nanos());
    add(json, "messageRate", requests);
    if (nanos.isPresent() && requests.orElse(0) > 0) {
      json.add("latencyMillis", millis(nanos.getAsDouble() / requests.getAsDouble()));
    }
    return json;
  }

  private static void add(JsonObjectBuilder json, String name, OptionalDouble value) {
    value.ifPresent(known -> json.add(name, known));
  }

  private static double millis(double nanos) {
    return Math.round(nanos / 10_000) / 100.0;
  }
}
