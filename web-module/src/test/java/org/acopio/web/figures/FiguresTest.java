package org.acopio.web.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.acopio.remote.Parts;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;
import org.acopio.session.SessionKind;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages and REST tell, over a real collector. */
class FiguresTest {
  private static final Peer PC = new Peer("192.0.2.17", 50_112, Transport.INGEST);
  private static final byte[] BLOCK = new byte[100];

  private DiskStorage storage;
  private Catalog catalog;
  private Collector collector;
  private Ticket ticket;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    storage = new DiskStorage(new StorageSettings(folder.resolve("store"), 2, 16, 30));
    catalog =
        Catalog.open(
            new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "", 4));
    collector =
        new Collector(
            CollectSettings.DEFAULTS, storage, catalog, Clock.systemDefaultZone(), "1.2.3");
    ticket = collector.open(PC, new Hello(1, new byte[Hello.KEY_BYTES], "1", "<img onerror=x>"));
  }

  @AfterEach
  void stop() {
    collector.close();
    catalog.close();
    storage.close();
  }

  private long begin(String path, long size) throws Exception {
    FileOffer offer =
        new FileOffer(FilePath.of(path), size, Instant.EPOCH, "image/jpeg", Optional.empty());
    return ((Verdict.Send) collector.offer(PC, ticket.id(), List.of(offer)).get(0)).upload();
  }

  private JsonObject transfers() {
    return TransferFigures.of(collector.progress(), TransferFigures.Extent.PAGE);
  }

  @Test
  void fileInFlightIsToldAsFourParts() throws Exception {
    long upload = begin("/home/rosa/<b>.jpg", 1_000);
    collector.write(PC, ticket.id(), List.of(Block.of(upload, 1, 0, ByteBuffer.wrap(BLOCK))));
    JsonObject collection = transfers().getJsonArray("collections").getJsonObject(0);
    assertEquals("192.0.2.17", collection.getString("address"));
    assertEquals("<img onerror=x>", collection.getString("host"));
    assertEquals("ingest", collection.getString("transport"));
    assertEquals("nothing", collection.getString("waiting"));
    assertEquals(900, collection.getInt("missingBytes"));
    JsonObject file = collection.getJsonArray("files").getJsonObject(0);
    assertEquals(Long.toString(upload), file.getString("upload"));
    assertEquals("/home/rosa/<b>.jpg", file.getString("path"));
    assertEquals(Parts.COUNT, file.getJsonArray("parts").size());
    JsonObject part = file.getJsonArray("parts").getJsonObject(1);
    assertEquals("arriving", part.getString("state"));
    assertEquals(100, part.getInt("arrived"));
    assertEquals(250, part.getInt("bytes"));
    assertEquals(50_112, part.getInt("port"));
  }

  @Test
  void remainingTimeIsAbsentWhileThereIsNoSpeed() throws Exception {
    begin("/x.jpg", 1_000);
    assertTrue(
        !transfers().getJsonArray("collections").getJsonObject(0).containsKey("remainingSeconds"));
  }

  @Test
  void whatWasRefusedIsToldWithItsReason() throws Exception {
    FileOffer offer =
        new FileOffer(
            FilePath.of("/huge.mp4"),
            CollectSettings.DEFAULTS.maxFileBytes() + 1,
            Instant.EPOCH,
            "video/mp4",
            Optional.empty());
    collector.offer(PC, ticket.id(), List.of(offer));
    JsonObject incident = transfers().getJsonArray("incidents").getJsonObject(0);
    assertEquals("too-large", incident.getString("code"));
    assertEquals("/huge.mp4", incident.getString("path"));
    assertEquals(1, transfers().getJsonObject("incidentCounts").getInt("too-large"));
    JsonObject problem =
        OverviewFigures.of(
                collector.progress(), List.of(), Map.of(), 7, OverviewFigures.Extent.PAGE)
            .getJsonArray("problems")
            .getJsonObject(0);
    assertEquals("files-too-large", problem.getString("code"));
    assertEquals("warn", problem.getString("severity"));
  }

  @Test
  void portsThatTurnClientsAwayAreProblems() {
    List<PortState> ports =
        List.of(
            new PortState("echo", 9_999, 99, 100, false),
            new PortState("echo-queue", 10_000, 100, 100, true),
            new PortState("session-thread", 6_667, 0, 100, true));
    List<JsonObject> problems =
        OverviewFigures.of(collector.progress(), ports, Map.of(), 7, OverviewFigures.Extent.PAGE)
            .getJsonArray("problems")
            .getValuesAs(JsonObject.class);
    assertEquals(
        List.of(
            "ports-full warn 1 echo-queue 10000",
            "ports-paused note 2 echo-queue 10000, session-thread 6667"),
        problems.stream()
            .map(
                problem ->
                    "%s %s %d %s"
                        .formatted(
                            problem.getString("code"),
                            problem.getString("severity"),
                            problem.getInt("count"),
                            problem.getString("subject")))
            .toList());
  }

  @Test
  void filesAndCollectionsBeyondTheExtentAreCounted() throws Exception {
    for (int i = 0; i < 5; i++) {
      begin("/" + i + ".jpg", 100);
    }
    collector.open(PC, new Hello(1, new byte[Hello.KEY_BYTES], "1", "second"));
    JsonObject few = TransferFigures.of(collector.progress(), new TransferFigures.Extent(1, 3, 1));
    assertEquals(2, few.getInt("openCollections"));
    assertEquals(1, few.getInt("otherCollections"));
    assertEquals(5, few.getInt("openFiles"));
    JsonObject all = TransferFigures.of(collector.progress(), new TransferFigures.Extent(2, 4, 1));
    assertEquals(2, all.getJsonArray("collections").getJsonObject(0).getJsonArray("files").size());
    assertEquals(3, all.getJsonArray("collections").getJsonObject(0).getInt("otherFiles"));
  }

  @Test
  void overviewHasEveryKindOfFileAndOfSession() {
    JsonObject overview =
        OverviewFigures.of(
            collector.progress(),
            List.of(),
            Map.of(SessionKind.ECHO, 3, SessionKind.RMI, 1),
            7,
            OverviewFigures.Extent.ALL);
    assertEquals(4, overview.getJsonObject("sessions").getInt("total"));
    assertEquals(3, overview.getJsonObject("sessions").getJsonObject("kinds").getInt("echo"));
    assertEquals(
        java.util.Set.of("image", "pdf", "audio", "video"),
        overview.getJsonObject("arrivals").getJsonObject("kinds").keySet());
    assertEquals(1, overview.getInt("openCollections"));
    assertTrue(overview.getJsonObject("store").getJsonNumber("capacity").longValue() > 0);
    assertTrue(overview.getJsonObject("store").getBoolean("writable"));
    assertEquals(60, overview.getJsonObject("minutes").getInt("stepSeconds"));
  }
}
