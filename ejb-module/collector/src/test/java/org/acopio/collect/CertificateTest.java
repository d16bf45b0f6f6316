package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.KnownClient;
import org.acopio.catalog.Listing;
import org.acopio.catalog.PastCollection;
import org.acopio.proof.Certificates;
import org.acopio.proof.Outcome;
import org.acopio.proof.Subject;
import org.acopio.proof.Sums;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can show of what the store proves. */
class CertificateTest {
  private static final String ADDRESS = "192.0.2.17";

  @TempDir Path folder;
  private Server server;
  private Agent agent;

  @BeforeEach
  void open() throws Exception {
    server = new Server(folder, Server.LIMITS);
    agent = Agent.fresh(new Direct(server.collector, ADDRESS));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private KnownAgent known() {
    return server
        .catalog
        .clients()
        .agent(Sha256.of(Sha256.start().digest(agent.key)))
        .orElseThrow();
  }

  private PastCollection collection(int ago) {
    return server
        .catalog
        .clients()
        .collections(Optional.of(known().number()), Optional.empty(), Long.MAX_VALUE, 10)
        .get(ago);
  }

  private Outcome write(Optional<PastCollection> collection, boolean verify, OutputStream out)
      throws Exception {
    return new Certificates(server.catalog, server.storage, Clock.fixed(Server.NOW, ZoneOffset.UTC))
        .write(new Subject(known(), collection), server.collector.describe(), verify, out);
  }

  private String text(Optional<PastCollection> collection, boolean verify) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(collection, verify, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonObject parsed(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  private JsonObject certificate(Optional<PastCollection> collection, boolean verify)
      throws Exception {
    return parsed(text(collection, verify)).getJsonObject("certificate");
  }

  private JsonObject certificate(boolean verify) throws Exception {
    return certificate(Optional.empty(), verify);
  }

  private void flip(Receipt receipt) throws Exception {
    Path file = server.file(receipt.storedAs());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, bytes);
  }

  @Test
  void certificateSaysWhatWasSaidAndWhatProvesIt() throws Exception {
    Photo photo = Photo.of(100, 1);
    Receipt receipt = agent.store(photo, "/home/ana/ñandú \"1\".jpg");
    agent.begin(Photo.of(70, 2).at("/home/ana/never.jpg"));
    agent.close();
    JsonObject certificate = certificate(false);
    assertEquals("agent", certificate.getString("scope"));
    assertEquals("Acopio 1.2.3", certificate.getString("server"));
    assertEquals(server.storage.id(), certificate.getString("store"));
    assertEquals(known().id().toString(), certificate.getJsonObject("agent").getString("id"));
    assertEquals("PC", certificate.getJsonObject("agent").getString("hostName"));
    assertEquals(
        ADDRESS, certificate.getJsonObject("agent").getJsonArray("addresses").getString(0));
    JsonObject collection = certificate.getJsonArray("collections").getJsonObject(0);
    assertEquals("closed", collection.getString("ended"));
    assertEquals(2, collection.getInt("saidFiles"));
    JsonObject file = certificate.getJsonArray("files").getJsonObject(0);
    assertEquals("/home/ana/ñandú \"1\".jpg", file.getString("path"));
    assertFalse(file.containsKey("pathBase64"));
    assertFalse(file.containsKey("verified"));
    assertEquals(photo.digest().toString(), file.getString("sha256"));
    assertEquals(receipt.storedAs(), file.getString("storedAs"));
    assertEquals(Photo.TAKEN.toString(), file.getString("modified"));
    assertEquals(Server.NOW.toString(), file.getString("storedAt"));
    assertEquals(100, file.getInt("size"));
    JsonObject missing = certificate.getJsonArray("notProven").getJsonObject(0);
    assertEquals("not-sent", missing.getString("reason"));
    assertEquals("/home/ana/never.jpg", missing.getString("path"));
    assertEquals(
        Json.createObjectBuilder()
            .add("damaged", 0)
            .add("notProven", 1)
            .add("notProvenBytes", 70)
            .add("proven", 1)
            .add("provenBytes", 100)
            .add("said", 2)
            .build(),
        certificate.getJsonObject("summary"));
    assertFalse(certificate.getBoolean("verified"));
    assertTrue(certificate.getString("statement").contains("rests on the receipts"));
  }

  @Test
  void pathThatIsNoTextKeepsItsBytes() throws Exception {
    byte[] path = {'/', 'a', (byte) 0xff, '\n', 0x7f, '"', '\\', 1};
    Photo photo = Photo.of(30, 4);
    FileOffer offer =
        new FileOffer(FilePath.of(path), 30, Photo.TAKEN, "image/jpeg", Optional.empty());
    var send = agent.begin(offer);
    agent.send(photo, send);
    agent.finish(photo.claim(send.upload()));
    JsonObject file = certificate(false).getJsonArray("files").getJsonObject(0);
    assertEquals("/a\uFFFD\n\u007f\"\\\u0001", file.getString("path"));
    assertEquals(Base64.getEncoder().encodeToString(path), file.getString("pathBase64"));
  }

  @Test
  void digestIsOfTheCanonicalContentSoThatAChangeShows() throws Exception {
    agent.store(Photo.of(100, 1), "/a \u20ac \u001b \u2028.jpg");
    String text = text(Optional.empty(), false);
    String digest = parsed(text).getString("sha256");
    String content =
        text.substring("{\"certificate\":".length(), text.indexOf(",\"sha256\":\"" + digest));
    assertEquals(digest, digest(content));
    assertNotEquals(digest, digest(content.replace("\"size\":100", "\"size\":101")));
    assertTrue(content.contains("/a \u20ac \\u001b \u2028.jpg"), content);
  }

  private static String digest(String content) {
    return Sha256.of(Sha256.start().digest(content.getBytes(StandardCharsets.UTF_8))).toString();
  }

  /** The check that the documentation tells people to make. */
  @Test
  void anotherProgramComputesTheSameDigest() throws Exception {
    agent.store(Photo.of(100, 1), "/a \u20ac \u001b \uD83D\uDCF7 \"\\ / \u007f.jpg");
    agent.close();
    Path file = folder.resolve("certificate.json");
    Files.writeString(file, text(Optional.empty(), true));
    String script =
        """
        import hashlib, json, sys
        doc = json.load(open(sys.argv[1], encoding='utf-8'))
        text = json.dumps(doc['certificate'], sort_keys=True, separators=(',', ':'), \
        ensure_ascii=False)
        print(hashlib.sha256(text.encode('utf-8')).hexdigest() == doc['sha256'])
        """;
    assertEquals("True", run(folder, "python3", "-c", script, file.toString()).strip());
  }

  @Test
  void readingAgainProvesWhatIsThere() throws Exception {
    agent.store(Photo.of(100, 1), "/a.jpg");
    JsonObject certificate = certificate(true);
    JsonObject file = certificate.getJsonArray("files").getJsonObject(0);
    assertTrue(file.getBoolean("verified"));
    assertEquals(Server.NOW.toString(), file.getString("verifiedAt"));
    assertTrue(certificate.getBoolean("verified"));
    assertEquals(1, certificate.getJsonObject("summary").getInt("proven"));
  }

  @Test
  void readingAgainFindsAFlippedByteAndAFileThatIsGone() throws Exception {
    Receipt flipped = agent.store(Photo.of(100, 1), "/flipped.jpg");
    Receipt gone = agent.store(Photo.of(90, 2), "/gone.jpg");
    Receipt cut = agent.store(Photo.of(80, 3), "/cut.jpg");
    agent.store(Photo.of(70, 4), "/whole.jpg");
    flip(flipped);
    Files.delete(server.file(gone.storedAs()));
    Path file = server.file(cut.storedAs());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, new byte[3]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(new Outcome(1, 70, 3, 0), write(Optional.empty(), true, out));
    JsonObject certificate =
        parsed(out.toString(StandardCharsets.UTF_8)).getJsonObject("certificate");
    List<String> problems =
        certificate.getJsonArray("files").getValuesAs(JsonObject.class).stream()
            .filter(one -> !one.getBoolean("verified"))
            .map(one -> one.getString("path") + " " + one.getString("problem"))
            .toList();
    assertEquals(3, problems.size());
    assertTrue(problems.get(0).startsWith("/flipped.jpg the bytes have the SHA-256 "));
    assertTrue(problems.get(1).contains("cannot be read"), problems.get(1));
    assertEquals("/cut.jpg the file has 3 bytes, not 80", problems.get(2));
    assertEquals(3, certificate.getJsonObject("summary").getInt("damaged"));
    // Who does not read again is told what the receipts say.
    assertEquals(4, certificate(false).getJsonObject("summary").getInt("proven"));
  }

  @Test
  void certificateOfOneCollectionHasItsFilesOnly() throws Exception {
    Photo first = Photo.of(100, 1);
    agent.store(first, "/1.jpg");
    agent.store(Photo.of(90, 2), "/2.jpg");
    agent.close();
    agent.open();
    agent.offer(first.known("/1.jpg"));
    agent.store(Photo.of(80, 3), "/3.jpg");
    agent.close();
    assertEquals(
        List.of("/1.jpg", "/3.jpg"),
        certificate(Optional.of(collection(0)), false)
            .getJsonArray("files")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(file -> file.getString("path"))
            .toList());
    assertEquals(3, certificate(false).getJsonObject("summary").getInt("said"));
  }

  @Test
  void openCollectionHasNoCertificateOfItsOwn() {
    PastCollection open = collection(0);
    KnownAgent known = known();
    assertThrows(IllegalArgumentException.class, () -> new Subject(known, Optional.of(open)));
  }

  @Test
  void interruptionEndsReading() throws Exception {
    agent.store(Photo.of(100, 1), "/a.jpg");
    Thread.currentThread().interrupt();
    // The catalog may notice it first.
    Exception ended =
        assertThrows(
            Exception.class, () -> write(Optional.empty(), true, OutputStream.nullOutputStream()));
    assertTrue(Thread.interrupted());
    assertTrue(
        ended instanceof InterruptedIOException
            || ended instanceof org.acopio.catalog.CatalogException,
        ended::toString);
  }

  @Test
  void sha256sumAgrees() throws Exception {
    agent.store(Photo.of(100, 1), "/home/ana/año \\ back\nslash.jpg");
    agent.store(Photo.of(90, 2), "/home/ana/b.jpg");
    agent.store(Photo.of(95, 7), "/home/ana/b.jpg");
    Agent other = Agent.fresh(new Direct(server.collector, ADDRESS));
    other.store(Photo.of(80, 3), "/home/ana/b.jpg");
    Agent moved = agent.over(new Direct(server.collector, "2001:db8::7"));
    Receipt away = moved.store(Photo.of(70, 4), "/away.jpg");
    KnownClient client = server.catalog.clients().client(ADDRESS).orElseThrow();
    Path sums = folder.resolve("SHA256SUMS");
    try (OutputStream out = Files.newOutputStream(sums)) {
      new Sums(server.catalog)
          .ofClient(client.number(), client.agents().stream().map(a -> a.number()).toList(), out);
    }
    assertEquals(4, Files.readAllLines(sums).size());
    check(server.store().resolve(ADDRESS), sums, true);
    try (OutputStream out = Files.newOutputStream(sums)) {
      new Sums(server.catalog).ofAgent(known().number(), out);
    }
    assertEquals(4, Files.readAllLines(sums).size());
    check(server.store(), sums, true);
    flip(away);
    check(server.store(), sums, false);
    assertEquals(2, server.catalog.clients().countAgents(Listing.first(1)));
  }

  private void check(Path in, Path sums, boolean agrees) throws Exception {
    String said = run(in, "sha256sum", "-c", "--strict", sums.toString());
    assertEquals(agrees, !said.contains("FAILED"), said);
    assertTrue(said.contains(": OK"), said);
    assertFalse(said.contains("improperly"), said);
  }

  private static String run(Path in, String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    } catch (java.io.IOException e) {
      assumeTrue(false, command[0] + " is not installed");
      throw e;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return said;
  }
}
