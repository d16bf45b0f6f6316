package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.acopio.catalog.Claim;
import org.acopio.catalog.Claim.Ending;
import org.acopio.catalog.FolderPage;
import org.acopio.catalog.FolderPage.Place;
import org.acopio.catalog.Holdings;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.KnownClient;
import org.acopio.catalog.PastCollection;
import org.acopio.catalog.Totals;
import org.acopio.catalog.UnprovenFile;
import org.acopio.media.MediaKind;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

/** The shapes that programs rely on; the examples of the interface have the same. */
class ClientJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");
  private static final Sha256 ID = Sha256.parse("60303ae2" + "0".repeat(56));

  private static final Holdings HOLDINGS =
      new Holdings(
          3, 30, Map.of(MediaKind.PDF, new Totals(1, 5), MediaKind.IMAGE, new Totals(2, 25)));

  private static JsonObject parsed(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @Test
  void clientNamesTheAgentsBehindIt() {
    JsonObject client =
        ClientJson.client(
            new KnownClient(
                1,
                "192.0.2.7",
                NOW,
                NOW,
                4,
                HOLDINGS,
                List.of(new KnownClient.Visitor(9, ID, "pc-ana"))));
    assertEquals(
        "{\"image\":{\"files\":2,\"bytes\":25},\"pdf\":{\"files\":1,\"bytes\":5}}",
        client.getJsonObject("kinds").toString());
    JsonObject agent = client.getJsonArray("agents").getJsonObject(0);
    assertEquals("60303ae2", agent.getString("shortId"));
    assertEquals(ID.toString(), agent.getString("id"));
  }

  @Test
  void agentSaysHowMuchIsNotProven() {
    JsonObject agent =
        ClientJson.agent(
            new KnownAgent(
                9, ID, "pc", "1.0", NOW, NOW, 4, HOLDINGS, 7, List.of("192.0.2.7", "::1")));
    assertEquals(7, agent.getInt("unproven"));
    assertEquals("[\"192.0.2.7\",\"::1\"]", agent.getJsonArray("addresses").toString());
  }

  private static PastCollection collection(boolean over) {
    return new PastCollection(
        12,
        9,
        ID,
        "pc",
        "192.0.2.7",
        NOW,
        over ? Optional.of(NOW.plusSeconds(5)) : Optional.empty(),
        over
            ? Optional.of(new CollectionSummary(1, 2, 3, 4, 5, 6, Duration.ofSeconds(5)))
            : Optional.empty(),
        over
            ? Optional.of(new Claim(Ending.EXPIRED, new Totals(4, 40), new Totals(1, 10)))
            : Optional.empty());
  }

  @Test
  void collectionSaysWhatWasSaidAndProvenOnceItIsOver() {
    JsonObject over = ClientJson.collection(collection(true));
    assertEquals("expired", over.getString("ending"));
    assertEquals(parsed("{\"files\":5,\"bytes\":50}"), over.getJsonObject("said"));
    JsonObject open = ClientJson.collection(collection(false));
    assertFalse(open.containsKey("closed"));
    assertFalse(open.containsKey("said"));
  }

  @Test
  void fullPageOfCollectionsSaysWhereTheNextBegins() {
    List<PastCollection> page = List.of(collection(true));
    assertEquals(12, ClientJson.collections(page, 1).getInt("before"));
    assertFalse(ClientJson.collections(page, 2).containsKey("before"));
  }

  @Test
  void pathThatIsNoTextCanBeAskedForAgain() {
    byte[] odd = {'/', (byte) 0xff, 0, '\n'};
    JsonObject file =
        ClientJson.unproven(new UnprovenFile(FilePath.of(odd), 1, NOW, NOW, "changed", "because"));
    assertArrayEquals(odd, FolderJson.bytes("after", file.getString("path64")));
    assertEquals("/\uFFFD\0\n", file.getString("path"));
  }

  @Test
  void placeOfAPageComesBackAsItWas() {
    for (Place place :
        List.of(
            new Place(true, new byte[] {(byte) 0xfe, '.', 0}, Long.MAX_VALUE),
            new Place(false, new byte[] {'a'}, 0))) {
      assertEquals(Optional.of(place), FolderJson.place(FolderJson.place(place)));
    }
    assertEquals(Optional.empty(), FolderJson.place((String) null));
  }

  @Test
  void folderCanBeAskedForByItsToken() {
    JsonObject page =
        FolderJson.page(
            new FolderPage(
                List.of(new FolderPage.Folder(new byte[] {'/', 'a'}, "/a", 3, 30)),
                List.of(new FolderPage.File(4, "b.jpg", 2, 7, "image/jpeg")),
                Optional.of(new Place(true, new byte[] {'b'}, 4))));
    assertEquals("/a", page.getJsonArray("folders").getJsonObject(0).getString("name"));
    assertEquals("f4.Yg", page.getString("next"));
    assertEquals("L2E", page.getJsonArray("folders").getJsonObject(0).getString("folder"));
  }
}
