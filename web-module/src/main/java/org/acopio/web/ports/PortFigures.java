package org.acopio.web.ports;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiPort;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.figures.PortState;

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
    ports.add(port(new RmiPort(acopio).figures()));
    http.ports().forEach(one -> ports.add(port(one)));
    JsonObjectBuilder all = Building.object().add("endpoints", ports);
    if (stackBytes > 0) {
      all.add("stackBytes", stackBytes);
    }
    load.state().ifPresent(state -> all.add("load", state));
    return all.build();
  }

  /** As far as ports can be a problem; one of HTTP only when its connections are counted. */
  public List<PortState> states() {
    List<PortState> states = new ArrayList<>();
    endpoints.all().forEach(figures -> states.add(PortState.of(figures)));
    states.add(PortState.of(new RmiPort(acopio).figures()));
    for (HttpPort port : http.ports()) {
      port.connections()
          .map(now -> new PortState(port.word(), port.port(), now.open(), now.most(), false))
          .ifPresent(states::add);
    }
    return states;
  }

  /** The port with this number, if it is open. */
  public Optional<JsonObject> one(int port) {
    Optional<EndpointFigures> known =
        port == acopio.rmiAddress().getPort()
            ? Optional.of(new RmiPort(acopio).figures())
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
    now.maxThreads().ifPresent(most -> json.add("maxThreads", most));
    now.refused().ifPresent(refused -> json.add("refused", refused));
    now.refusedOfAddress().ifPresent(refused -> json.add("refusedPerAddress", refused));
    String key = now.name() + " " + now.port();
    add(json, "acceptedRate", rates.of(key + " accepted", now.accepted()));
    add(json, "messageRate", rates.of(key + " messages", now.messages()));
    add(json, "byteRate", rates.of(key + " bytes", now.bytesRead() + now.bytesWritten()));
    return json;
  }

  /** A request is a message. */
  private JsonObjectBuilder port(HttpPort now) {
    String key = "http " + now.port();
    JsonObjectBuilder json =
        Building.object()
            .add("name", "http")
            .add("port", now.port())
            .add("concurrency", "http")
            .add("secure", now.secure())
            .add("threads", now.threads())
            .add("messages", now.served())
            .add("requests", now.open())
            .add("peakRequests", now.peak())
            .add("switchable", false)
            .add("paused", false);
    now.maxThreads().ifPresent(most -> json.add("maxThreads", most));
    now.connections().ifPresent(connections -> add(json, key, connections));
    OptionalDouble requests = rates.of(key + " requests", now.served());
    OptionalDouble nanos = rates.of(key + " nanos", now.nanos());
    add(json, "messageRate", requests);
    if (nanos.isPresent() && requests.orElse(0) > 0) {
      json.add("latencyMillis", millis(nanos.getAsDouble() / requests.getAsDouble()));
    }
    return json;
  }

  private void add(JsonObjectBuilder json, String key, HttpConnections now) {
    json.add("open", now.open())
        .add("peak", now.peak())
        .add("maxConnections", now.most())
        .add("maxConnectionsPerAddress", now.mostOfAddress())
        .add("accepted", now.accepted())
        .add("refused", now.refused())
        .add("refusedPerAddress", now.refusedOfAddress())
        .add("timedOut", now.timedOut());
    add(json, "acceptedRate", rates.of(key + " accepted", now.accepted()));
  }

  private static void add(JsonObjectBuilder json, String name, OptionalDouble value) {
    value.ifPresent(known -> json.add(name, known));
  }

  private static double millis(double nanos) {
    return Math.round(nanos / 10_000) / 100.0;
  }
}
