package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.collect.CollectSettings;
import org.acopio.collect.Collector;
import org.acopio.collect.Peer;
import org.acopio.collect.Transport;
import org.acopio.remote.Block;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;
import org.acopio.session.SessionKind;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageSettings;
import org.acopio.web.figures.OverviewFigures;
import org.acopio.web.figures.TransferFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation have the fields that the server really tells. */
class ExamplesTest {
  /** Absent while there is no speed. */
  private static final Set<String> SOMETIMES = Set.of("remainingSeconds");

  /** By kind or code, of which not all are in an example. */
  private static final Set<String> OPEN_ENDED = Set.of("kinds", "incidentCounts");

  @Test
  void examplesHaveTheFieldsOfRealAnswers(@TempDir Path folder) throws Exception {
    CatalogSettings h2 =
        new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "", 4);
    Peer pc = new Peer("192.0.2.17", 50_112, Transport.RMI);
    try (DiskStorage storage =
            new DiskStorage(new StorageSettings(folder.resolve("store"), 2, 16, 30));
        Catalog catalog = Catalog.open(h2);
        Collector collector =
            new Collector(
                CollectSettings.DEFAULTS, storage, catalog, Clock.systemDefaultZone(), "1")) {
      Ticket ticket = collector.open(pc, new Hello(1, new byte[Hello.KEY_BYTES], "1", "PC"));
      FileOffer offer =
          new FileOffer(FilePath.of("/x"), 400, Instant.EPOCH, "image/png", Optional.empty());
      var send = (Verdict.Send) collector.offer(pc, ticket.id(), List.of(offer)).get(0);
      Block torn = new Block(send.upload(), 0, 0, 1, ByteBuffer.wrap(new byte[10]));
      collector.write(pc, ticket.id(), List.of(torn));
      assertSameFields(
          "",
          example(TransfersResource.EXAMPLE),
          TransferFigures.of(collector.progress(), TransferFigures.Extent.ALL));
      assertSameFields(
          "",
          example(OverviewResource.EXAMPLE),
          OverviewFigures.of(
              collector.progress(), Map.of(SessionKind.ECHO, 1), OverviewFigures.Extent.ALL));
    }
  }

  private static JsonObject example(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static void assertSameFields(String place, JsonValue example, JsonValue real) {
    if (example instanceof JsonObject shown && real instanceof JsonObject told) {
      assertEquals(names(shown), names(told), place);
      shown.forEach(
          (name, value) -> {
            if (!OPEN_ENDED.contains(name) && told.containsKey(name)) {
              assertSameFields(place + "/" + name, value, told.get(name));
            }
          });
    } else if (example instanceof JsonArray shown && real instanceof JsonArray told) {
      if (!shown.isEmpty() && !told.isEmpty()) {
        assertSameFields(place + "/0", shown.get(0), told.get(0));
      }
    } else if (!isTruth(example) || !isTruth(real)) {
      assertEquals(example.getValueType(), real.getValueType(), place);
    }
  }

  private static boolean isTruth(JsonValue value) {
    return value == JsonValue.TRUE || value == JsonValue.FALSE;
  }

  private static Set<String> names(JsonObject object) {
    Set<String> names = new TreeSet<>(object.keySet());
    names.removeAll(SOMETIMES);
    return names;
  }
}
