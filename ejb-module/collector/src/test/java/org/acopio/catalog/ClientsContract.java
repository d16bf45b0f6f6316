package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.acopio.catalog.Claim.Ending;
import org.acopio.catalog.FolderPage.File;
import org.acopio.catalog.FolderPage.Folder;
import org.acopio.catalog.Listing.Order;
import org.acopio.media.MediaKind;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must know of addresses, agents, their folders and what they said. */
abstract class ClientsContract {
  private static final Instant NOW = Samples.NOW;
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Optional<Long> ALL = Optional.empty();

  private Catalog catalog;
  private long upload;

  abstract CatalogSettings freshDatabase() throws Exception;

  @BeforeEach
  final void openFreshCatalog() throws Exception {
    catalog = Catalog.open(freshDatabase());
  }

  @AfterEach
  final void closeCatalog() {
    catalog.close();
  }

  /** An agent that collects from an address. */
  private final class Pc {
    final Sha256 id;
    final String address;
    final long agent;
    final long client;
    final long collection;

    Pc(String key, String hostName, String address, Instant at) {
      id = Samples.digest(key);
      this.address = address;
      agent = catalog.agent(id, hostName, "1.0", at);
      client = catalog.client(address, at);
      collection = catalog.opened(agent, client, at);
    }

    NewFile file(String path, String type, int size) {
      return file(FilePath.of(path), type, size);
    }

    NewFile file(FilePath path, String type, int size) {
      upload++;
      return new NewFile(
          upload,
          agent,
          client,
          collection,
          path,
          size,
          NOW,
          type,
          Samples.digest("content " + upload),
          address + "/" + path.toString().replace('\0', '_') + "-" + upload,
          NOW);
    }

    long[] stored(NewFile... files) {
      return catalog.commit(List.of(files)).stream()
          .mapToLong(file -> file.receipt().file())
          .toArray();
    }

    UnprovenFile unproven(String path, String reason) {
      return new UnprovenFile(FilePath.of(path), 7, NOW, LATER, reason, "because");
    }

    KnownAgent known() {
      return catalog.clients().agent(id).orElseThrow();
    }

    List<UnprovenFile> unproven() {
      return catalog.claims().unproven(agent, ALL, Optional.empty(), 100);
    }

    List<String> unprovenPaths() {
      return unproven().stream().map(file -> file.path().toString()).sorted().toList();
    }
  }

  private Pc pc(String key, String hostName, String address) {
    return new Pc(key, hostName, address, NOW);
  }

  private static List<String> addresses(List<KnownClient> clients) {
    return clients.stream().map(KnownClient::address).toList();
  }

  private static List<String> hosts(List<KnownAgent> agents) {
    return agents.stream().map(KnownAgent::hostName).toList();
  }

  @Test
  final void twoAgentsBehindOneAddressAreToldApart() {
    Pc ana = new Pc("ana", "ANA", "192.0.2.1", NOW);
    Pc eva = new Pc("eva", "EVA", "192.0.2.1", LATER);
    ana.stored(ana.file("/a.jpg", "image/jpeg", 10), ana.file("/b.pdf", "application/pdf", 5));
    eva.stored(eva.file("/a.jpg", "image/png", 100));
    KnownClient client = catalog.clients().client("192.0.2.1").orElseThrow();
    assertEquals(
        List.of("EVA " + eva.id.toString().substring(0, 8), "ANA " + ana.known().shortId()),
        client.agents().stream().map(a -> a.hostName() + " " + a.shortId()).toList());
    assertEquals(
        new Holdings(
            3, 115, Map.of(MediaKind.IMAGE, new Totals(2, 110), MediaKind.PDF, new Totals(1, 5))),
        client.holdings());
    assertEquals(2, client.collections());
    assertEquals(LATER, client.lastSeen());
    assertEquals(NOW, client.firstSeen());
    assertEquals(
        new Holdings(1, 100, Map.of(MediaKind.IMAGE, new Totals(1, 100))), eva.known().holdings());
    assertEquals(List.of("EVA", "ANA"), hosts(catalog.clients().agentsOf(client.number())));
  }

  @Test
  final void agentWithTwoAddressesIsStillItself() {
    Pc home = new Pc("ana", "ANA", "192.0.2.1", NOW);
    home.stored(home.file("/a.jpg", "image/jpeg", 10));
    Pc office = new Pc("ana", "ANA-2", "2001:db8::7", LATER);
    office.stored(office.file("/a.jpg", "image/jpeg", 20), office.file("/c.mp3", "audio/mpeg", 3));
    assertEquals(home.agent, office.agent);
    KnownAgent agent = home.known();
    assertEquals(List.of("2001:db8::7", "192.0.2.1"), agent.addresses());
    assertEquals("ANA-2", agent.hostName());
    assertEquals(2, agent.collections());
    assertEquals(33, agent.holdings().bytes());
    assertEquals(new Totals(1, 3), agent.holdings().of(MediaKind.AUDIO));
    assertEquals(new Totals(0, 0), agent.holdings().of(MediaKind.VIDEO));
    assertEquals(
        List.of(2L, 1L),
        catalog.clients().clients(Listing.first(10)).stream()
            .map(client -> client.holdings().files())
            .toList());
    assertEquals(1, catalog.clients().countAgents(Listing.first(10)));
    assertEquals(2, catalog.clients().countClients(Listing.first(10)));
  }

  @Test
  final void sumsAreRightWhenACommitIsRepeatedAndWhenKindsAreUnknown() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    NewFile odd = pc.file("/x", "application/x-odd", 4);
    NewFile film = pc.file("/f.mxf", "application/mxf", 6);
    pc.stored(odd, film);
    pc.stored(film, odd, pc.file("/f.mxf", "video/mp4", 1));
    assertEquals(
        new Holdings(3, 11, Map.of(MediaKind.VIDEO, new Totals(2, 7))), pc.known().holdings());
  }

  @Test
  final void listsAreFilteredSortedAndPaged() {
    for (int i = 0; i < 7; i++) {
      Pc pc = new Pc("key" + i, "Aula_" + i, "192.0.2." + (10 + i), NOW.plusSeconds(i));
      pc.stored(pc.file("/a", "image/jpeg", 100 - i));
    }
    Clients clients = catalog.clients();
    assertEquals(List.of("192.0.2.16", "192.0.2.15"), addresses(clients.clients(Listing.first(2))));
    assertEquals(
        List.of("192.0.2.12", "192.0.2.13"),
        addresses(clients.clients(new Listing("", Order.NAME, true, 2, 2))));
    assertEquals(
        List.of("Aula_0", "Aula_1"),
        hosts(clients.agents(new Listing("", Order.BYTES, false, 0, 2))));
    assertEquals(
        List.of("Aula_6"), hosts(clients.agents(new Listing("LA_6", Order.NAME, true, 0, 9))));
    assertEquals(
        List.of("192.0.2.13"),
        addresses(clients.clients(new Listing("aula_3", Order.FILES, true, 0, 9))));
    assertEquals(
        List.of("Aula_4"),
        hosts(clients.agents(new Listing(" 2.14 ", Order.COLLECTIONS, true, 0, 9))));
    assertEquals(0, clients.countAgents(new Listing("%", Order.NAME, true, 0, 9)));
    assertEquals(1, clients.countClients(new Listing("Aula_5", Order.FIRST_SEEN, true, 0, 1)));
  }

  @Test
  final void agentsAreFoundByTheBeginningOfTheirId() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    pc("eva", "EVA", "192.0.2.2");
    String id = ana.id.toString();
    for (int digits : new int[] {5, 8, 63, 64}) {
      String prefix = id.substring(0, digits);
      assertEquals(List.of("ANA"), hosts(catalog.clients().agents(prefix)));
      assertEquals(
          List.of("ANA"),
          hosts(catalog.clients().agents(new Listing(prefix, Order.NAME, true, 0, 9))));
      assertEquals(1, catalog.clients().countClients(new Listing(prefix, Order.NAME, true, 0, 9)));
    }
    assertEquals(List.of(), catalog.clients().agents("ff" + id.substring(2)));
    assertTrue(catalog.clients().agent(Samples.digest("nobody")).isEmpty());
  }

  @Test
  final void collectionsAreListedNewestFirstWithTheirClaims() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    Pc again = new Pc("ana", "ANA", "192.0.2.9", LATER);
    Pc eva = pc("eva", "EVA", "192.0.2.9");
    long[] files =
        again.stored(again.file("/a", "image/jpeg", 10), again.file("/b", "image/jpeg", 20));
    catalog
        .claims()
        .settle(again.agent, again.collection, files, List.of(again.unproven("/c", "not-media")));
    Claim claim = catalog.claims().end(again.agent, again.collection, files, Ending.EXPIRED);
    var summary = new CollectionSummary(2, 30, 0, 1, 30, 0, Duration.ofSeconds(5));
    catalog.closed(again.collection, LATER, summary);
    assertEquals(new Claim(Ending.EXPIRED, new Totals(2, 30), new Totals(1, 7)), claim);
    assertEquals(new Totals(3, 37), claim.said());
    List<PastCollection> ofAna =
        catalog.clients().collections(Optional.of(ana.agent), ALL, Long.MAX_VALUE, 10);
    assertEquals(
        List.of(again.collection, ana.collection),
        ofAna.stream().map(PastCollection::number).toList());
    assertEquals(Optional.of(claim), ofAna.get(0).claim());
    assertEquals(Optional.of(summary), ofAna.get(0).summary());
    assertEquals(Optional.of(LATER), ofAna.get(0).closedAt());
    assertEquals(Optional.empty(), ofAna.get(1).closedAt());
    assertEquals(ofAna.get(0), catalog.clients().collection(again.collection).orElseThrow());
    assertEquals(
        List.of(eva.collection, again.collection),
        catalog.clients().collections(ALL, Optional.of(eva.client), Long.MAX_VALUE, 10).stream()
            .map(PastCollection::number)
            .toList());
    assertEquals(1, catalog.clients().collections(ALL, ALL, eva.collection, 1).size());
  }

  @Test
  final void proofOfACollectionReadsBack() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    long[] numbers =
        LongStream.concat(LongStream.range(1, 5_000), LongStream.of(1L << 20, Long.MAX_VALUE))
            .toArray();
    catalog.claims().end(pc.agent, pc.collection, new long[0], Ending.CLOSED);
    assertArrayEquals(new long[0], catalog.claims().proof(pc.collection).orElseThrow());
    catalog.claims().end(pc.agent, pc.collection, numbers, Ending.STOPPED);
    assertArrayEquals(numbers, catalog.claims().proof(pc.collection).orElseThrow());
    assertTrue(catalog.claims().proof(pc.collection + 1).isEmpty());
    assertTrue(Deltas.encode(numbers).length < 5_030);
  }

  @Test
  final void filesByNumberAreThoseOfTheAgentOnly() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    Pc eva = pc("eva", "EVA", "192.0.2.1");
    long first = ana.stored(ana.file("/a", "image/jpeg", 1))[0];
    long other = eva.stored(eva.file("/a", "image/jpeg", 1))[0];
    long second = ana.stored(ana.file("/a", "image/jpeg", 2))[0];
    assertEquals(
        List.of(first, second),
        catalog.claims().files(ana.agent, new long[] {first, other, second, 4_711}).stream()
            .map(StoredFile::receipt)
            .map(receipt -> receipt.file())
            .toList());
  }

  @Test
  final void lastWordOfAPathWins() {
    Pc first = pc("ana", "ANA", "192.0.2.1");
    Claims claims = catalog.claims();
    claims.settle(
        first.agent,
        first.collection,
        new long[0],
        List.of(first.unproven("/a", "store-full"), first.unproven("/b", "unfinished")));
    assertEquals(new Totals(2, 14), claims.unproven(first.agent));
    Pc next = pc("ana", "ANA", "192.0.2.1");
    long[] proof = next.stored(next.file("/a", "image/jpeg", 7));
    claims.settle(next.agent, next.collection, proof, List.of(next.unproven("/b", "changed")));
    assertEquals(List.of("/b"), first.unprovenPaths());
    assertEquals("changed", first.unproven().get(0).reason());
    assertEquals(1, first.known().unproven());
    assertEquals(
        List.of(),
        claims.unproven(first.agent, Optional.of(first.collection), Optional.empty(), 9));
    // The PC has another content in that path now.
    claims.settle(
        next.agent, next.collection, new long[0], List.of(next.unproven("/a", "too-large")));
    assertEquals(List.of("/a", "/b"), first.unprovenPaths());
    // And the old one again, which is proven by the old file.
    claims.settle(next.agent, next.collection, proof, List.of());
    assertEquals(List.of("/b"), first.unprovenPaths());
  }

  @Test
  final void proofOfOneAgentSettlesNothingOfAnother() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    Pc eva = pc("eva", "EVA", "192.0.2.1");
    catalog
        .claims()
        .settle(eva.agent, eva.collection, new long[0], List.of(eva.unproven("/a", "changed")));
    long[] proof = ana.stored(ana.file("/a", "image/jpeg", 7));
    catalog.claims().settle(ana.agent, ana.collection, proof, List.of());
    assertEquals(List.of("/a"), eva.unprovenPaths());
  }

  @Test
  final void unprovenFilesReadBackAsTheyWereInPages() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    FilePath odd = FilePath.of(new byte[] {'/', (byte) 0xff, '\n', 0, '\\'});
    UnprovenFile hostile =
        new UnprovenFile(odd, Long.MAX_VALUE, Instant.MIN, NOW, "other", "a\0b".repeat(2_000));
    List<UnprovenFile> many = new ArrayList<>(List.of(hostile));
    IntStream.range(0, 2_500).forEach(i -> many.add(pc.unproven("/" + i, "not-sent")));
    catalog.claims().settle(pc.agent, pc.collection, new long[0], many);
    List<UnprovenFile> read = new ArrayList<>();
    Optional<FilePath> after = Optional.empty();
    List<UnprovenFile> page;
    do {
      page = catalog.claims().unproven(pc.agent, ALL, after, 999);
      read.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).path());
    } while (!page.isEmpty());
    assertEquals(2_501, read.size());
    assertTrue(read.contains(hostile));
    assertEquals(UnprovenFile.MAX_DETAIL, hostile.detail().length());
    assertThrows(
        IllegalArgumentException.class,
        () -> catalog.claims().unproven(pc.agent, ALL, Optional.empty(), 0));
  }

  private FolderPage folder(Pc pc, String folder, Optional<FolderPage.Place> after, int limit) {
    byte[] bytes = folder.getBytes(StandardCharsets.UTF_8);
    return catalog.clients().folder(new FolderQuery(List.of(pc.agent), ALL, bytes, after, limit));
  }

  private static List<String> folders(FolderPage page) {
    return page.folders().stream().map(f -> f.name() + " " + f.files() + " " + f.bytes()).toList();
  }

  private static List<String> files(FolderPage page) {
    return page.files().stream().map(f -> f.name() + " v" + f.version()).toList();
  }

  @Test
  final void folderOfAnAgentIsThatOfItsPc() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    pc.stored(
        pc.file("/home/ana/b/1.jpg", "image/jpeg", 1),
        pc.file("/home/ana/a/deep/er/2.jpg", "image/jpeg", 2),
        pc.file("/home/ana/a/3.jpg", "image/jpeg", 4),
        pc.file("/home/ana/z.jpg", "image/jpeg", 8),
        pc.file("/home/ana/z.jpg", "image/png", 16),
        pc.file("/home/anabel/x.jpg", "image/png", 32));
    FolderPage root = folder(pc, "", Optional.empty(), 10);
    assertEquals(List.of("/home 6 63"), folders(root));
    FolderPage home = folder(pc, "/home", Optional.empty(), 10);
    assertEquals(List.of("ana 5 31", "anabel 1 32"), folders(home));
    Folder ana = home.folders().get(0);
    assertEquals("/home/ana", new String(ana.path(), StandardCharsets.UTF_8));
    FolderPage page = folder(pc, "/home/ana", Optional.empty(), 10);
    assertEquals(List.of("a 2 6", "b 1 1"), folders(page));
    assertEquals(List.of("z.jpg v1", "z.jpg v2"), files(page));
    assertEquals(Optional.empty(), page.next());
    File newest = page.files().get(1);
    assertEquals(16, newest.size());
    assertEquals("image/png", newest.mediaType());
    assertEquals(List.of(), folder(pc, "/nowhere", Optional.empty(), 10).files());
  }

  @Test
  final void folderIsReadInPagesWithoutLossOrRepeat() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    List<NewFile> files = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      int at = (i * 37) % 6_000;
      files.add(pc.file(at % 2 == 0 ? "d/" + at + "/x" : "d/" + at, "image/jpeg", 1));
    }
    pc.stored(files.toArray(NewFile[]::new));
    List<String> names = new ArrayList<>();
    Optional<FolderPage.Place> after = Optional.empty();
    do {
      FolderPage page = folder(pc, "d", after, 700);
      page.folders().forEach(f -> names.add("0" + f.name()));
      page.files().forEach(f -> names.add("1" + f.name()));
      assertTrue(page.folders().stream().allMatch(f -> f.files() == 1 && f.bytes() == 1));
      after = page.next();
    } while (after.isPresent());
    assertEquals(6_000, names.size());
    assertEquals(names.stream().sorted().distinct().toList(), names);
    assertFalse(names.isEmpty());
  }

  @Test
  final void folderOfAnAddressIsThatOfTheStore() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    Pc eva = pc("eva", "EVA", "192.0.2.1");
    Pc moved = pc("ana", "ANA", "192.0.2.2");
    ana.stored(ana.file("/home/a.jpg", "image/jpeg", 1));
    eva.stored(eva.file("/home/e.jpg", "image/jpeg", 2));
    moved.stored(moved.file("/home/m.jpg", "image/jpeg", 4));
    FolderPage root =
        catalog
            .clients()
            .folder(
                new FolderQuery(
                    List.of(ana.agent, eva.agent),
                    Optional.of(ana.client),
                    new byte[0],
                    Optional.empty(),
                    10));
    assertEquals(List.of("/home 2 3"), folders(root));
  }

  /** All pages of a folder, found in both ways, and of all folders below it. */
  private long walk(FolderQuery query) {
    FolderPage kept = catalog.clients().folder(query);
    FolderPage scanned = catalog.clients().scanned(query);
    assertEquals(scanned.files(), kept.files());
    assertEquals(folders(scanned), folders(kept));
    assertEquals(scanned.next(), kept.next());
    long files = kept.files().size();
    for (int i = 0; i < kept.folders().size(); i++) {
      byte[] path = kept.folders().get(i).path();
      assertArrayEquals(scanned.folders().get(i).path(), path);
      long below = walk(at(query, path, Optional.empty()));
      assertEquals(kept.folders().get(i).files(), below);
      files += below;
    }
    return kept.next().isPresent() ? files + walk(at(query, query.folder(), kept.next())) : files;
  }

  private static FolderQuery at(
      FolderQuery query, byte[] folder, Optional<FolderPage.Place> after) {
    return new FolderQuery(query.agents(), query.client(), folder, after, query.limit());
  }

  @Test
  final void everyFileOfHostilePathsIsInOneFolderInTheOrderOfBytes() {
    Pc pc = pc("ana", "ANA", "192.0.2.1");
    Random dice = new Random(7);
    byte[] letters = {'/', '/', '/', 0, 1, 2, 'a', '!', (byte) 0xff};
    List<NewFile> files = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      byte[] path = new byte[1 + dice.nextInt(9)];
      for (int k = 0; k < path.length; k++) {
        path[k] = letters[dice.nextInt(letters.length)];
      }
      files.add(pc.file(FilePath.of(path), "image/jpeg", i));
    }
    pc.stored(files.toArray(NewFile[]::new));
    for (int limit : new int[] {1, 3, 10_000}) {
      FolderQuery root =
          new FolderQuery(List.of(pc.agent), ALL, new byte[0], Optional.empty(), limit);
      assertEquals(600, walk(root));
    }
  }

  @Test
  final void folderThatWasLookedAtHasWhatCameSince() {
    Pc ana = pc("ana", "ANA", "192.0.2.1");
    Pc eva = pc("eva", "EVA", "192.0.2.1");
    FolderQuery address =
        new FolderQuery(
            List.of(eva.agent, ana.agent),
            Optional.of(ana.client),
            new byte[0],
            Optional.empty(),
            10);
    assertEquals(List.of(), folders(folder(ana, "", Optional.empty(), 10)));
    for (int i = 1; i <= 3; i++) {
      ana.stored(ana.file("d/" + i, "image/jpeg", 1), ana.file("d/0", "image/png", 1));
      eva.stored(eva.file("d/" + i, "image/jpeg", 1));
      assertEquals(
          List.of("d " + 2 * i + " " + 2 * i), folders(folder(ana, "", Optional.empty(), 10)));
      assertEquals(3L * i, walk(address));
      assertEquals(List.of("d " + 3 * i + " " + 3 * i), folders(catalog.clients().folder(address)));
    }
  }
}
