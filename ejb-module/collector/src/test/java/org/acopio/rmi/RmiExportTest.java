package org.acopio.rmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.acopio.collect.Server;
import org.acopio.parity.ParityCalls;
import org.acopio.parity.ParityCalls.Result;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityException.Reason;
import org.acopio.remote.ParityService;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.SessionQuery;
import org.acopio.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the remote objects let in, and the one port that they share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RmiExportTest {
  private final ParityCalls calls = new ParityCalls();
  private Server server;
  private RmiExport export;
  private FileCollector collector;
  private ParityService parity;
  private String ticket;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = new Server(folder, Server.LIMITS);
    export = export(0);
    collector = lookup(FileCollector.class, FileCollector.NAME);
    parity = lookup(ParityService.class, ParityService.NAME);
    ticket = collector.open(new Hello(1, new byte[Hello.KEY_BYTES], "test", "PC")).id();
  }

  @AfterAll
  void stop() {
    export.close();
    server.close();
  }

  @Test
  void everyParityAnswerIsCounted() throws Exception {
    long even = calls.count(Transport.RMI, Result.EVEN);
    long odd = calls.count(Transport.RMI, Result.ODD);
    long refused = calls.count(Transport.RMI, Result.REFUSED);
    ParityService parity = lookup(ParityService.class, ParityService.NAME);
    parity.isEven(8);
    parity.areEven(new long[] {1, 2, 3});
    parity.parityOf("12345678901234567891");
    assertThrows(ParityException.class, () -> parity.parityOf("x"));
    assertThrows(
        ParityException.class, () -> parity.areEven(new long[ParityService.MAX_BATCH + 1]));
    assertEquals(even + 2, calls.count(Transport.RMI, Result.EVEN));
    assertEquals(odd + 3, calls.count(Transport.RMI, Result.ODD));
    assertEquals(refused + 2, calls.count(Transport.RMI, Result.REFUSED));
  }

  private RmiExport export(int port) throws Exception {
    RmiExport made =
        server.export(new RmiSettings(InetAddress.getByName("127.0.0.1"), port, ""), calls);
    made.open();
    return made;
  }

  private <T> T lookup(Class<T> type, String name) throws Exception {
    return type.cast(LocateRegistry.getRegistry("127.0.0.1", export.port()).lookup(name));
  }

  // ----------------------------------------------------------------- filters

  @Test
  void foreignClassIsRefusedInEveryParameter() throws Exception {
    int tried = 0;
    for (Object foreign : foreign()) {
      tried += sing(collector, FileCollector.class, foreign);
      tried += sing(parity, ParityService.class, foreign);
    }
    assertEquals(0, Canary.SUNG.get());
    assertEquals(13 * foreign().size(), tried);
  }

  private static List<Object> foreign() {
    return List.of(
        new Canary(),
        new Object[] {new Canary()},
        new Canary[] {new Canary()},
        new ArrayList<>(List.of("1", new Canary())),
        new ArrayList<>(List.of(new ArrayList<>(List.of(new Canary())))),
        Arrays.asList("1", new Canary()),
        List.of(new Canary()));
  }

  /** Puts the object where each parameter should be, past the compiler. */
  private static int sing(Remote stub, Class<? extends Remote> contract, Object foreign)
      throws Exception {
    InvocationHandler handler = Proxy.getInvocationHandler(stub);
    int tried = 0;
    for (Method method : contract.getMethods()) {
      for (int place = 0; place < method.getParameterCount(); place++) {
        if (!method.getParameterTypes()[place].isPrimitive()) {
          Object[] arguments = new Object[method.getParameterCount()];
          Arrays.setAll(arguments, i -> zero(method.getParameterTypes()[i]));
          arguments[place] = foreign;
          assertThrows(
              Exception.class,
              () -> raise(handler, stub, method, arguments),
              () -> method + " took " + foreign);
          tried++;
        }
      }
    }
    return tried;
  }

  private static void raise(InvocationHandler handler, Remote stub, Method method, Object[] args)
      throws Exception {
    try {
      handler.invoke(stub, method, args);
    } catch (Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static Object zero(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    return type == int.class ? (Object) 0 : type == String.class ? "" : null;
  }

  @Test
  void packedBatchOfForeignBytesIsRefused() {
    Batch<Block> large = Batch.ofBlocks(List.of(Block.of(1, 0, 0, ByteBuffer.allocate(4 << 20))));
    assertThrows(RemoteException.class, () -> collector.write(ticket, large));
  }

  @Test
  void largestSendThatTheTicketAllowsIsLetIn() throws Exception {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      blocks.add(Block.of(1, 0, i * 4_096L, ByteBuffer.allocate(4_096)));
    }
    assertEquals(4, collector.write(ticket, Batch.ofBlocks(blocks)).size());
  }

  @Test
  void batchOfAnotherKindIsABadRequest() {
    assertRefused(() -> collector.offer(ticket, forged(Batch.ofDigests(List.of()))));
    assertRefused(() -> collector.write(ticket, forged(Batch.ofOffers(List.of()))));
    assertRefused(() -> collector.finish(ticket, forged(Batch.ofVerdicts(List.of()))));
  }

  @SuppressWarnings("unchecked")
  private static <T> Batch<T> forged(Batch<?> batch) {
    return (Batch<T>) batch;
  }

  @Test
  void nullArgumentIsABadRequest() {
    Batch<FileOffer> offers = Batch.ofOffers(List.of());
    assertRefused(() -> collector.open(absent()));
    assertRefused(() -> collector.offer(absent(), offers));
    assertRefused(() -> collector.offer(ticket, absent()));
    assertRefused(() -> collector.write(absent(), absent()));
    assertRefused(() -> collector.write(ticket, absent()));
    assertRefused(() -> collector.finish(ticket, absent()));
    assertRefused(() -> collector.close(absent()));
    assertRefused(() -> collector.list(absent(), 0, 1));
    assertRefused(() -> collector.read(absent(), 1, 0, 1));
    assertRefused(Reason.EMPTY, () -> parity.parityOf(absent()));
    assertRefused(Reason.EMPTY, () -> parity.areEven(absent()));
    assertRefused(Reason.EMPTY, () -> parity.paritiesOf(absent()));
    assertRefused(
        Reason.EMPTY, () -> parity.paritiesOf(new ArrayList<>(Arrays.asList("1", absent()))));
  }

  /** What a caller sends who does not keep the contract. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T absent() {
    return null;
  }

  private static void assertRefused(Executable call) {
    assertEquals(Code.BAD_REQUEST, assertThrows(CollectorException.class, call).code());
  }

  private static void assertRefused(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(ParityException.class, call).reason());
  }

  // ------------------------------------------------------------------ parity

  @Test
  void parityIsToldOverTheWire() throws Exception {
    assertTrue(parity.isEven(Long.MIN_VALUE));
    assertEquals(Parity.ODD, parity.parityOf("-" + "7".repeat(ParityService.MAX_DIGITS)));
    assertEquals("[true, false, true]", Arrays.toString(parity.areEven(new long[] {0, -1, 42})));
    for (List<String> decimals :
        List.of(List.of("1", "2"), new ArrayList<>(List.of("1", "2")), Arrays.asList("1", "2"))) {
      assertEquals(List.of(Parity.ODD, Parity.EVEN), parity.paritiesOf(decimals));
    }
    assertEquals(List.of(), parity.paritiesOf(List.of()));
  }

  @Test
  void largestBatchesOfNumbersAreLetInAndLargerOnesAreRefusedByType() throws Exception {
    int most = ParityService.MAX_BATCH;
    assertEquals(most, parity.areEven(new long[most]).length);
    assertRefused(Reason.TOO_MANY, () -> parity.areEven(new long[most + 1]));
    for (List<String> same :
        List.of(Collections.nCopies(most, "4"), Collections.nCopies(most + 1, "4"))) {
      for (List<String> decimals :
          List.of(
              new ArrayList<>(same),
              Arrays.asList(same.toArray(String[]::new)),
              List.copyOf(same))) {
        if (decimals.size() == most) {
          assertEquals(most, parity.paritiesOf(decimals).size());
        } else {
          assertRefused(Reason.TOO_MANY, () -> parity.paritiesOf(decimals));
        }
      }
    }
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      distinct.add(Integer.toString(i));
    }
    assertEquals(most, parity.paritiesOf(distinct).size());
    assertRefused(Reason.TOO_LONG, () -> parity.parityOf("1".repeat(ParityService.MAX_DIGITS + 1)));
    assertThrows(RemoteException.class, () -> parity.areEven(new long[most * 100]));
  }

  // ---------------------------------------------------------------- sessions

  @Test
  void everyConnectionIsASessionUntilItIsOver() throws Exception {
    long before = lastSession();
    Session session;
    try (Socket client = new Socket("127.0.0.1", export.port())) {
      client.getOutputStream().write(STREAM_PROTOCOL);
      assertEquals('N', client.getInputStream().read());
      session = sessionAfter(before, client.getLocalPort());
      assertEquals(SessionKind.RMI, session.kind());
      assertEquals("127.0.0.1", session.remoteAddress());
      assertEquals(export.port(), session.localPort());
      assertEquals(STREAM_PROTOCOL.length, session.bytesRead());
      assertTrue(session.bytesWritten() > 0);
    }
    awaitEnd(session);
  }

  @Test
  void closedSessionIsAClosedConnection() throws Exception {
    long before = lastSession();
    try (Socket client = new Socket("127.0.0.1", export.port())) {
      client.getOutputStream().write(STREAM_PROTOCOL);
      assertEquals('N', client.getInputStream().read());
      Session session = sessionAfter(before, client.getLocalPort());
      assertTrue(session.close());
      assertEquals(SessionState.ENDED, session.state());
      client.setSoTimeout(10_000);
      client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /** Another agent may use the connection of the one before, as connections are kept. */
  @Test
  void sessionsOfACollectionShowWhichPcItIs() throws Exception {
    String agent = "PC of the library";
    String own = collector.open(new Hello(1, new byte[Hello.KEY_BYTES], "test", agent)).id();
    assertTrue(shownNames().contains(agent), () -> shownNames().toString());
    server.sessions.page(SessionQuery.all(1_000)).sessions().forEach(all -> all.detail(""));
    collector.list(own, 0, 1);
    assertTrue(shownNames().contains(agent), "another lane of it is known by its ticket");
    collector.close(own);
  }

  private Set<String> shownNames() {
    return server.sessions.page(SessionQuery.all(1_000)).sessions().stream()
        .map(Session::detail)
        .collect(Collectors.toSet());
  }

  @Test
  void requestsAndBytesOfCallsAreCounted() throws Exception {
    RmiExport other = export(0);
    try {
      ParityService stub =
          (ParityService)
              LocateRegistry.getRegistry("127.0.0.1", other.port()).lookup(ParityService.NAME);
      for (int i = 0; i < 50; i++) {
        stub.areEven(new long[1_000]);
      }
      long messages = 0;
      long bytes = 0;
      for (Session session : server.sessions.page(Optional.empty(), 0, 1_000)) {
        if (session.localPort() == other.port()) {
          messages += session.messages();
          bytes += session.bytesRead();
        }
      }
      assertTrue(messages >= 50 && messages < 120, "messages: " + messages);
      assertTrue(bytes > 50 * 8_000 && bytes < 60 * 8_200, "bytes: " + bytes);
    } finally {
      other.close();
    }
  }

  /** What a client of RMI says first: JRMI, version 2, stream protocol. */
  private static final byte[] STREAM_PROTOCOL = {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b};

  private long lastSession() {
    return server.sessions.page(Optional.empty(), 0, 1_000).stream()
        .mapToLong(Session::number)
        .max()
        .orElse(0);
  }

  private Session sessionAfter(long number, int port) {
    return server.sessions.page(Optional.of(SessionKind.RMI), 0, 1_000).stream()
        .filter(session -> session.number() > number && session.remotePort() == port)
        .findFirst()
        .orElseThrow();
  }

  private void awaitEnd(Session session) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (session.state() != SessionState.ENDED) {
      assertTrue(System.nanoTime() < end, "the session does not end");
      Thread.onSpinWait();
    }
    assertTrue(server.sessions.find(session.number()).isEmpty());
  }

  // ------------------------------------------------------------------- ports

  @Test
  void registryAndObjectsShareOnePort() {
    for (Object stub : List.of(collector, parity)) {
      String shown = stub.toString();
      assertTrue(shown.contains("127.0.0.1:" + export.port()), shown);
    }
  }

  @Test
  void nobodyListensBeyondTheBoundAddress() {
    assertThrows(ConnectException.class, () -> new Socket("127.0.0.2", export.port()).close());
  }

  @Test
  void portIsFreeAfterEachStop() throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = any.getLocalPort();
    }
    for (int i = 0; i < 2; i++) {
      RmiExport again = export(port);
      assertEquals(port, again.port());
      Remote stub = LocateRegistry.getRegistry("127.0.0.1", port).lookup(ParityService.NAME);
      assertTrue(((ParityService) stub).isEven(2));
      again.close();
      again.close();
      assertThrows(RemoteException.class, () -> ((ParityService) stub).isEven(2));
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        assertEquals(port, free.getLocalPort());
      }
    }
  }

  @Test
  void portThatIsTakenIsToldAndNothingStaysExported() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThrows(RemoteException.class, () -> export(taken.getLocalPort()));
    }
    assertNotNull(collector.describe());
  }

  @Test
  void stoppedObjectsAnswerNobody() throws Exception {
    RmiExport other = export(0);
    FileCollector stub =
        (FileCollector)
            LocateRegistry.getRegistry("127.0.0.1", other.port()).lookup(FileCollector.NAME);
    assertEquals(server.collector.describe(), stub.describe());
    other.close();
    RemoteException gone = assertThrows(RemoteException.class, stub::describe);
    assertTrue(
        gone instanceof NoSuchObjectException || gone.getCause() instanceof IOException,
        gone::toString);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void exportOpensOnePort() throws Exception {
    Set<Integer> before = listening();
    RmiExport other = export(0);
    Set<Integer> opened = listening();
    opened.removeAll(before);
    other.close();
    assertEquals(Set.of(other.port()), opened);
    Set<Integer> left = listening();
    left.removeAll(before);
    assertEquals(Set.of(), left);
  }

  /** The ports on which this process listens, as the kernel has it. */
  private static Set<Integer> listening() throws IOException {
    Set<String> mine = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        try {
          mine.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // Closed since it was listed; a port that listens is not.
          continue;
        }
      }
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net").resolve(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals("0A") && mine.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }
}
