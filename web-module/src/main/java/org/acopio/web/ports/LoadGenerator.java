package org.acopio.web.ports;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.jspecify.annotations.Nullable;

/**
 * Puts a load on the session ports of this server, so that threads and a selector can be compared
 * under the same one. One load at a time, for everybody. Thread-safe.
 */
@ApplicationScoped
public class LoadGenerator {
  /** What came of a wish to begin one. */
  public enum Begun {
    YES,
    /** Another runs. */
    BUSY,
    /** Neither of the session ports is open. */
    NO_PORT
  }

  private static final byte[] HEADER = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final long LONGEST_END_MILLIS = 2_000;
  private static final List<String> COMPARED = List.of("session-thread", "session-selector");

  private final Endpoints endpoints = new Endpoints();
  @EJB private Acopio acopio;
  private @Nullable LoadRun run;

  /** Begins a load on the first port of each form of the session protocol that is open. */
  public synchronized Begun start(LoadPlan plan) {
    if (run != null && run.state() == LoadRun.State.RUNNING) {
      return Begun.BUSY;
    }
    List<EndpointFigures> open = endpoints.all();
    List<LoadLane> lanes =
        COMPARED.stream().map(name -> lane(open, name)).flatMap(Optional::stream).toList();
    if (lanes.isEmpty()) {
      return Begun.NO_PORT;
    }
    run = LoadRun.start(plan, lanes);
    return Begun.YES;
  }

  /** Ends the load that runs; returns whether there was one. */
  public synchronized boolean stop() {
    if (run == null || run.state() != LoadRun.State.RUNNING) {
      return false;
    }
    run.stop();
    return true;
  }

  @PreDestroy
  void end() {
    LoadRun last = last();
    if (last != null) {
      last.stop();
      last.awaitEnd(LONGEST_END_MILLIS);
    }
  }

  private synchronized @Nullable LoadRun last() {
    return run;
  }

  /** The load that runs, or else the last one. */
  public Optional<JsonObject> state() {
    return Optional.ofNullable(last()).map(LoadGenerator::json);
  }

  private static JsonObject json(LoadRun run) {
    JsonArrayBuilder lanes = Building.array();
    run.lanes().forEach(lane -> lanes.add(json(lane)));
    return Building.object()
        .add("state", run.state().name().toLowerCase(Locale.ROOT))
        .add("connections", run.plan().connections())
        .add("periodMillis", run.plan().periodMillis())
        .add("ofSeconds", run.plan().seconds())
        .add("seconds", run.seconds())
        .add("lanes", lanes)
        .build();
  }

  private static JsonObjectBuilder json(LoadLane lane) {
    JsonObjectBuilder json =
        Building.object()
            .add("port", lane.server.getPort())
            .add("concurrency", lane.concurrency)
            .add("open", lane.open)
            .add("failed", lane.failed)
            .add("lost", lane.lost)
            .add("sent", lane.sent)
            .add("answered", lane.answered);
    Latencies.Quantiles quantiles = lane.quantiles();
    if (quantiles.known()) {
      json.add("p50", quantiles.p50()).add("p99", quantiles.p99()).add("max", quantiles.max());
    }
    return json;
  }

  private Optional<LoadLane> lane(List<EndpointFigures> open, String name) {
    return open.stream()
        .filter(figures -> figures.name().equals(name) && !figures.secure())
        .findFirst()
        .map(figures -> new LoadLane(figures.fromHere(), figures.concurrency(), header()));
  }

  /** What a connection begins with where a proxy is expected. */
  private byte[] header() {
    return acopio.settings().endpoints().proxyProtocol() ? HEADER : new byte[0];
  }
}
