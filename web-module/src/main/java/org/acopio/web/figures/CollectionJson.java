package org.acopio.web.figures;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import org.acopio.collect.CollectionProgress;
import org.acopio.collect.FileProgress;
import org.acopio.collect.Incident;
import org.acopio.collect.PartProgress;

/** Open collections, files in flight and incidents as JSON. Sizes are bytes, times ISO 8601. */
final class CollectionJson {
  private static final long STEP_SECONDS = 10;

  private CollectionJson() {}

  /** Without its files. */
  static JsonObjectBuilder summary(CollectionProgress open) {
    JsonObjectBuilder json =
        Building.object()
            .add("number", open.number())
            .add("address", open.address())
            .add("agent", open.agent())
            .add("agentId", open.agentId())
            .add("host", open.hostName())
            .add("transport", Codes.word(open.transport()))
            .add("opened", open.openedAt().toString())
            .add("stored", open.stored())
            .add("storedBytes", open.storedBytes())
            .add("had", open.had())
            .add("refused", open.refused())
            .add("changed", open.changed())
            .add("receivedBytes", open.receivedBytes())
            .add("begun", open.begun())
            .add("begunBytes", open.begunBytes())
            .add("openFiles", open.openFiles())
            .add("missingBytes", open.missingBytes())
            .add("bytesPerSecond", open.bytesPerSecond())
            .add("idleSeconds", steady(open.idle()))
            .add("waiting", Codes.word(open.waiting().reason()))
            .add("waitingSeconds", steady(open.waiting().since()));
    open.remaining().ifPresent(left -> json.add("remainingSeconds", left.toSeconds()));
    return json;
  }

  /** Seconds in steps: a collection that rests is news to its onlookers now and then only. */
  private static long steady(Duration time) {
    long seconds = time.toSeconds();
    return seconds < STEP_SECONDS ? seconds : seconds - seconds % STEP_SECONDS;
  }

  static JsonObjectBuilder whole(CollectionProgress open) {
    JsonArrayBuilder files = Building.array();
    open.files().forEach(file -> files.add(file(file)));
    return summary(open).add("files", files).add("otherFiles", open.otherFiles());
  }

  /** The number as text: a browser would round it. */
  private static JsonObjectBuilder file(FileProgress file) {
    JsonArrayBuilder parts = Building.array();
    file.parts().forEach(part -> parts.add(part(part)));
    return Building.object()
        .add("upload", Long.toString(file.upload()))
        .add("path", file.path())
        .add("size", file.size())
        .add("storing", file.storing())
        .add("begun", file.begunAt().toString())
        .add("touched", file.touchedAt().toString())
        .add("parts", parts);
  }

  private static JsonObjectBuilder part(PartProgress part) {
    return Building.object()
        .add("bytes", part.bytes())
        .add("arrived", part.arrived())
        .add("state", Codes.word(part.state()))
        .add("retries", part.retries())
        .add("port", part.port());
  }

  static JsonObjectBuilder incident(Incident incident) {
    return Building.object()
        .add("number", incident.number())
        .add("at", incident.at().toString())
        .add("collection", incident.collection())
        .add("address", incident.address())
        .add("host", incident.hostName())
        .add("path", incident.path())
        .add("code", Codes.word(incident.code()))
        .add("detail", incident.detail());
  }
}
