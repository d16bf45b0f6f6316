package org.acopio.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.acopio.catalog.Claim;
import org.acopio.catalog.Holdings;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.KnownClient;
import org.acopio.catalog.PastCollection;
import org.acopio.catalog.Totals;
import org.acopio.catalog.UnprovenFile;
import org.acopio.media.MediaKind;
import org.acopio.remote.CollectionSummary;
import org.acopio.web.figures.Building;

/** Clients, agents and collections as JSON. Fields may be added; those that are there stay. */
final class ClientJson {
  private ClientJson() {}

  static JsonObject client(KnownClient client) {
    JsonArrayBuilder agents = Building.array();
    client
        .agents()
        .forEach(
            agent ->
                agents.add(
                    Building.object()
                        .add("number", agent.number())
                        .add("id", agent.id().toString())
                        .add("shortId", agent.shortId())
                        .add("hostName", agent.hostName())));
    JsonObjectBuilder json =
        Building.object()
            .add("address", client.address())
            .add("number", client.number())
            .add("firstSeen", client.firstSeen().toString())
            .add("lastSeen", client.lastSeen().toString())
            .add("collections", client.collections());
    return holdings(json, client.holdings()).add("agents", agents).build();
  }

  static JsonObject agent(KnownAgent agent) {
    JsonObjectBuilder json =
        Building.object()
            .add("number", agent.number())
            .add("id", agent.id().toString())
            .add("shortId", agent.shortId())
            .add("hostName", agent.hostName())
            .add("version", agent.version())
            .add("firstSeen", agent.firstSeen().toString())
            .add("lastSeen", agent.lastSeen().toString())
            .add("collections", agent.collections());
    return holdings(json, agent.holdings())
        .add("unproven", agent.unproven())
        .add("addresses", Json.createArrayBuilder(agent.addresses()))
        .build();
  }

  private static JsonObjectBuilder holdings(JsonObjectBuilder json, Holdings holdings) {
    JsonObjectBuilder kinds = Building.object();
    Map<MediaKind, Totals> sorted = new TreeMap<>(holdings.kinds());
    sorted.forEach((kind, sum) -> kinds.add(kind.name().toLowerCase(Locale.ROOT), totals(sum)));
    return json.add("files", holdings.files()).add("bytes", holdings.bytes()).add("kinds", kinds);
  }

  private static JsonObjectBuilder totals(Totals totals) {
    return Building.object().add("files", totals.files()).add("bytes", totals.bytes());
  }

  static JsonObject collection(PastCollection collection) {
    JsonObjectBuilder json =
        Building.object()
            .add("number", collection.number())
            .add("agent", collection.agent())
            .add("agentId", collection.agentId().toString())
            .add("hostName", collection.hostName())
            .add("address", collection.address())
            .add("opened", collection.openedAt().toString());
    collection.closedAt().ifPresent(at -> json.add("closed", at.toString()));
    collection.summary().ifPresent(summary -> summary(json, summary));
    collection.claim().ifPresent(claim -> claim(json, claim));
    return json.build();
  }

  private static void summary(JsonObjectBuilder json, CollectionSummary summary) {
    json.add("stored", summary.stored())
        .add("storedBytes", summary.storedBytes())
        .add("had", summary.had())
        .add("refused", summary.refused())
        .add("receivedBytes", summary.receivedBytes())
        .add("leftOpen", summary.open());
  }

  private static void claim(JsonObjectBuilder json, Claim claim) {
    json.add("ending", claim.ending().word())
        .add("said", totals(claim.said()))
        .add("proven", totals(claim.proven()))
        .add("unproven", totals(claim.unproven()));
  }

  /** A page of collections; a full one says with which {@code before} the next begins. */
  static JsonObject collections(List<PastCollection> collections, int limit) {
    JsonArrayBuilder page = Building.array();
    collections.forEach(one -> page.add(collection(one)));
    JsonObjectBuilder answer = Building.object().add("collections", page);
    if (collections.size() == limit) {
      answer.add("before", collections.get(limit - 1).number());
    }
    return answer.build();
  }

  static JsonObject unproven(UnprovenFile file) {
    return Building.object()
        .add("path", file.path().toString())
        .add("path64", FolderJson.token(file.path().bytes()))
        .add("size", file.size())
        .add("modified", file.modified().toString())
        .add("saidAt", file.saidAt().toString())
        .add("reason", file.reason())
        .add("detail", file.detail())
        .build();
  }
}
