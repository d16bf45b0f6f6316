package org.acopio.web.console.endpoints;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiFigures;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;

/** Every port with its figures and rates, and the load that runs. What is not known is null. */
@ApplicationScoped
public class EndpointsTopic implements LiveTopic {
  private final Endpoints endpoints = new Endpoints();
  private final Rates rates = new Rates(System::nanoTime);
  private final long stackBytes = Stacks.reservedBytes();

  @EJB private Acopio acopio;
  @Inject private HttpFigures http;
  @Inject private LoadGenerator load;

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public JsonObject snapshot() {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    endpoints.all().forEach(figures -> ports.add(port(figures)));
    ports.add(port(RmiFigures.of(acopio)));
    ports.add(http());
    return Json.createObjectBuilder()
        .add("ports", ports)
        .add("stackBytes", stackBytes > 0 ? Json.createValue(stackBytes) : JsonValue.NULL)
        .add("load", load.state())
        .build();
  }

  private JsonObjectBuilder port(EndpointFigures now) {
    String key = now.name() + " " + now.port();
    return Json.createObjectBuilder()
        .add("name", now.name())
        .add("address", now.address())
        .add("port", now.port())
        .add("concurrency", now.concurrency())
        .add("maxConnections", limit(now.maxConnections()))
        .add("maxPerAddress", known(now.maxConnectionsPerAddress()))
        .add("open", now.open())
        .add("peak", known(now.peakOpen()))
        .add("threads", now.threads())
        .add("accepted", now.accepted())
        .add("refused", known(now.refused()))
        .add("timedOut", now.timedOut())
        .add("failed", now.failed())
        .add("messages", now.messages())
        .add("bytesRead", now.bytesRead())
        .add("bytesWritten", now.bytesWritten())
        .add("switchable", now.switchable())
        .add("paused", now.paused())
        .add("acceptedRate", rates.of(key + " accepted", now.accepted()))
        .add("messageRate", rates.of(key + " messages", now.messages()))
        .add("byteRate", rates.of(key + " bytes", now.bytesRead() + now.bytesWritten()))
        .add("latencyMillis", JsonValue.NULL);
  }

  private JsonObjectBuilder http() {
    double requests = rates.of("http requests", http.served());
    double busyNanos = rates.of("http nanos", http.nanos());
    return Json.createObjectBuilder()
        .add("name", "http")
        .add("address", JsonValue.NULL)
        .add("port", http.port())
        .add("concurrency", "http")
        .add("maxConnections", JsonValue.NULL)
        .add("maxPerAddress", JsonValue.NULL)
        .add("open", http.open())
        .add("peak", JsonValue.NULL)
        .add("threads", ThreadNames.count("http-thread-pool"))
        .add("accepted", JsonValue.NULL)
        .add("refused", JsonValue.NULL)
        .add("timedOut", JsonValue.NULL)
        .add("failed", JsonValue.NULL)
        .add("messages", http.served())
        .add("bytesRead", JsonValue.NULL)
        .add("bytesWritten", JsonValue.NULL)
        .add("switchable", false)
        .add("paused", false)
        .add("acceptedRate", JsonValue.NULL)
        .add("messageRate", requests)
        .add("byteRate", JsonValue.NULL)
        .add("latencyMillis", requests > 0 ? millis(busyNanos / requests) : JsonValue.NULL);
  }

  private static JsonValue millis(double nanos) {
    return Json.createValue(Math.round(nanos / 10_000) / 100.0);
  }

  private static JsonValue limit(int most) {
    return most == Integer.MAX_VALUE ? JsonValue.NULL : Json.createValue(most);
  }

  private static JsonValue known(OptionalInt value) {
    return value.isPresent() ? Json.createValue(value.getAsInt()) : JsonValue.NULL;
  }

  private static JsonValue known(OptionalLong value) {
    return value.isPresent() ? Json.createValue(value.getAsLong()) : JsonValue.NULL;
  }
}
