package org.acopio.web.rest;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.web.figures.Building;

/**
 * Listening ports as JSON. Fields may be added; those that are there keep name and meaning. What a
 * transport does not tell is not there.
 */
final class EndpointJson {
  private EndpointJson() {}

  static JsonObject of(EndpointFigures now) {
    JsonObjectBuilder json =
        Building.object()
            .add("name", now.name())
            .add("address", now.address())
            .add("port", now.port())
            .add("concurrency", now.concurrency())
            .add("secure", now.secure())
            .add("maxConnections", now.maxConnections())
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
    now.maxConnectionsPerAddress().ifPresent(most -> json.add("maxConnectionsPerAddress", most));
    now.peakOpen().ifPresent(peak -> json.add("peak", peak));
    now.refused().ifPresent(refused -> json.add("refused", refused));
    return json.build();
  }
}
