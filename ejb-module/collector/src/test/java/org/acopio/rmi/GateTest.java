package org.acopio.rmi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.rmi.AccessException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.ServerException;
import java.rmi.dgc.DGC;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.ObjID;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RemoteObject;
import java.rmi.server.RemoteRef;
import java.rmi.server.UID;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.acopio.collect.Server;
import org.acopio.identity.EnrolmentCodes;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.FileCollector;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.ParityService;
import org.acopio.remote.Sha256;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reaches RMI, and what silence costs. */
class GateTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final byte[] STREAM_PROTOCOL = {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b};

  /** By which a call says that it means an operation of these by its number. */
  private static final long REGISTRY_HASH = 4_905_912_898_345_647_071L;

  private static final long COLLECTOR_HASH = -669_196_253_586_618_813L;
  private static final List<Object> FOREIGN =
      List.of(new Canary(), new Object[] {"x", new Canary()});

  @TempDir Path folder;
  private Server server;
  private RmiExport export;

  @BeforeEach
  void start() {
    server = new Server(folder, Server.LIMITS);
  }

  @AfterEach
  void stopWithoutLeaks() {
    export.close();
    server.close();
    await().atMost(SOON).until(() -> !threads().contains("acopio-rmi-gate"));
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    return names;
  }

  private void export(int connections, int ofAddress, Duration firstByte, Duration idle)
      throws Exception {
    export =
        made(
            new RmiSettings(
                InetAddress.getByName("127.0.0.1"),
                0,
                "",
                connections,
                ofAddress,
                firstByte,
                idle));
    export.open();
  }

  private RmiExport made(RmiSettings settings) throws Exception {
    return server.export(settings, new ParityCalls());
  }

  private void export() throws Exception {
    export(1_000, 1_000, Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket("127.0.0.1", export.port());
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private ParityService parity() throws Exception {
    return (ParityService)
        LocateRegistry.getRegistry("127.0.0.1", export.port()).lookup(ParityService.NAME);
  }

  private List<Session> sessions() {
    return server.sessions.page(Optional.of(SessionKind.RMI), 0, 10_000);
  }

  // ------------------------------------------------------------------ silence

  @Test
  void portIsKnownAndRefusesConnectionsUntilItOpens() throws Exception {
    RmiSettings settings = new RmiSettings(InetAddress.getByName("127.0.0.1"), 0, "");
    export = made(settings);
    int port = export.port();
    assertTrue(port > 0);
    assertThrows(ConnectException.class, this::connected);
    export.open();
    export.open();
    assertEquals(port, export.port());
    assertTrue(parity().isEven(2));
    export.close();
    export.open();
    assertThrows(ConnectException.class, this::connected);

    export = made(settings);
    export.close();
    export.open();
    assertThrows(ConnectException.class, this::connected);
  }

  @Test
  void portThatSomebodyTakesBeforeItOpensIsTold() throws Exception {
    export = made(new RmiSettings(InetAddress.getByName("127.0.0.1"), 0, ""));
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(true);
      other.bind(new InetSocketAddress("127.0.0.1", export.port()));
      RemoteException e = assertThrows(RemoteException.class, export::open);
      assertTrue(e.getMessage().contains("in use"), e::getMessage);
    }
  }

  @Test
  void silenceCostsNoThreadAndKeepsNobodyOut() throws Exception {
    export(500, 300, Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertTrue(parity().isEven(2));
    int threads = Thread.activeCount();
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 800; i++) {
        silent.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", export.port())));
      }
      assertTrue(parity().isEven(2));
      await().atMost(SOON).until(() -> sessions().size() <= 300);
      assertTrue(Thread.activeCount() <= threads + 10, () -> threads().toString());
    } finally {
      for (SocketChannel each : silent) {
        each.close();
      }
    }
    await().atMost(SOON).until(() -> sessions().size() <= 10);
  }

  @Test
  void halfABeginningIsSilenceToo() throws Exception {
    export(100, 3, Duration.ofMinutes(1), Duration.ofMinutes(1));
    List<Socket> half = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      half.add(connected());
      half.get(i).getOutputStream().write(STREAM_PROTOCOL, 0, 6);
    }
    await().atMost(SOON).until(() -> sessions().size() == 3);
    assertEquals(-1, half.get(0).getInputStream().read(), "it waited for longest");
    half.get(4).getOutputStream().write(STREAM_PROTOCOL, 6, 1);
    assertEquals('N', half.get(4).getInputStream().read());
    for (Socket each : half) {
      each.close();
    }
  }

  @Test
  void connectionsOfAnAddressAreLimitedWhenNoneIsSilent() throws Exception {
    export(100, 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Socket one = connected();
        Socket two = connected()) {
      for (Socket each : List.of(one, two)) {
        each.getOutputStream().write(STREAM_PROTOCOL);
        assertEquals('N', each.getInputStream().read());
      }
      try (Socket three = connected()) {
        assertEquals(-1, three.getInputStream().read());
      }
    }
    await().atMost(SOON).until(() -> sessions().isEmpty());
    assertTrue(parity().isEven(4), "there is room again");
  }

  /** A connection that has said how it begins, so that it is not given up for another. */
  private Socket begun(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", export.port()));
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(STREAM_PROTOCOL);
    assertEquals('N', socket.getInputStream().read());
    return socket;
  }

  private void assertTurnedAway(String from) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", export.port()));
      socket.setSoTimeout(30_000);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void whoComesAndWhoIsTurnedAwayIsCountedWithItsCause() throws Exception {
    export(3, 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
    List<Socket> open = new ArrayList<>();
    try {
      open.add(begun("127.0.0.1"));
      open.add(begun("127.0.0.1"));
      assertTurnedAway("127.0.0.1");
      assertTurnedAway("127.0.0.1");
      open.add(begun("127.0.0.2"));
      assertTurnedAway("127.0.0.3");
      assertEquals(new GateFigures(3, 3, 3, 1, 2, 0, false), export.figures());
      assertEquals(3, export.figures().refused());
    } finally {
      for (Socket each : open) {
        each.close();
      }
    }
    await().atMost(SOON).until(() -> export.figures().open() == 0);
    begun("127.0.0.1").close();
    assertEquals(3, export.figures().peak());
    assertEquals(4, export.figures().accepted());
  }

  @Test
  void whoMakesRoomForAnotherWasAcceptedAndIsNotTurnedAway() throws Exception {
    export(100, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Socket silent = connected();
        Socket next = begun("127.0.0.1")) {
      assertEquals(-1, silent.getInputStream().read());
      assertTrue(next.isConnected());
      assertEquals(new GateFigures(1, 1, 2, 0, 0, 0, false), export.figures());
    }
  }

  @Test
  void aPausedPortTurnsNewOnesAwayUntilItGoesOn() throws Exception {
    export();
    ParityService before = parity();
    assertTrue(before.isEven(2));
    export.pause();
    export.pause();
    assertTurnedAway("127.0.0.1");
    assertTurnedAway("127.0.0.2");
    assertTrue(before.isEven(4), "its connection goes on");
    GateFigures paused = export.figures();
    assertTrue(paused.paused());
    assertEquals(2, paused.refusedPaused());
    assertEquals(2, paused.refused());
    export.resume();
    begun("127.0.0.2").close();
    assertEquals(2, export.figures().refused());
    assertFalse(export.figures().paused());
  }

  @Test
  void whoSaysNothingIsSentAway() throws Exception {
    export(100, 100, Duration.ofMillis(300), Duration.ofMinutes(1));
    try (Socket silent = connected();
        Socket half = connected()) {
      half.getOutputStream().write(new byte[] {0x16, 3});
      assertEquals(-1, silent.getInputStream().read());
      assertEquals(-1, half.getInputStream().read());
    }
  }

  @Test
  void whoSaysNothingMoreIsSentAway() throws Exception {
    export(100, 100, Duration.ofMinutes(1), Duration.ofMillis(300));
    try (Socket idle = connected()) {
      idle.getOutputStream().write(STREAM_PROTOCOL);
      idle.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void whoTakesNoAnswerIsSentAway() throws Exception {
    export(100, 100, Duration.ofMinutes(1), Duration.ofMillis(500));
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress("127.0.0.1", export.port()));
      OutputStream out = deaf.getOutputStream();
      out.write(STREAM_PROTOCOL);
      out.write(new byte[6]); // no name, and port 0
      byte[] pings = new byte[10_000];
      Arrays.fill(pings, (byte) 0x52);
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              out.write(pings);
            }
          });
    }
    await().atMost(SOON).until(() -> sessions().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "JRMX", "POST / HTTP/1.1\r\n", "\u0000"})
  void whatIsNeitherRmiNorTlsEndsAtOnce(String said) throws Exception {
    export();
    try (Socket foreign = connected()) {
      foreign.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      assertEquals(-1, foreign.getInputStream().read());
    }
  }

  // ----------------------------------------------------------------- registry

  @Test
  void nobodyBindsOrUnbindsFromOutside() throws Exception {
    export();
    Registry registry = LocateRegistry.getRegistry("127.0.0.1", export.port());
    Remote stub = registry.lookup(ParityService.NAME);
    assertNoAccess(() -> registry.bind("mine", stub));
    assertNoAccess(() -> registry.rebind(FileCollector.NAME, stub));
    assertNoAccess(() -> registry.unbind(FileCollector.NAME));
    assertEquals(
        Set.of(FileCollector.NAME, ParityService.NAME), Set.copyOf(Arrays.asList(registry.list())));
    assertTrue(((ParityService) stub).isEven(2));
  }

  /**
   * The canary goes to the objects that everybody can name without a look-up, in each parameter of
   * each of their operations, by number and by method. Of the registry nothing is read for who may
   * not change it, and of the rest only texts, so that its filter is never asked.
   */
  @Test
  void canaryNeverSingsInTheRegistry() throws Exception {
    export();
    int sung = Canary.SUNG.get();
    int tried = 0;
    for (Map.Entry<String, Integer> operation :
        Map.of("bind", 0, "lookup", 2, "rebind", 3, "unbind", 4).entrySet()) {
      Method method = method(Registry.class, operation.getKey());
      Class<?> refusal =
          operation.getKey().equals("lookup") ? ClassCastException.class : AccessException.class;
      for (int place = 0; place < method.getParameterCount(); place++) {
        for (Object foreign : FOREIGN) {
          Object[] arguments = arguments(method, place, foreign);
          ObjID registry = new ObjID(ObjID.REGISTRY_ID);
          assertRefused(refusal, call(registry, operation.getValue(), REGISTRY_HASH, arguments));
          assertRefused(refusal, call(registry, -1, hash(method), arguments));
          tried += 2;
        }
      }
    }
    assertEquals(6 * FOREIGN.size() * 2, tried, "every parameter of the registry");
    assertEquals(sung, Canary.SUNG.get());
    assertEquals(2, LocateRegistry.getRegistry("127.0.0.1", export.port()).list().length);
  }

  /** The garbage collector's filter is asked for each object; its methods have numbers only. */
  @Test
  void canaryNeverSingsInTheGarbageCollector() throws Exception {
    export();
    int sung = Canary.SUNG.get();
    int rejected = 0;
    for (Map.Entry<String, Integer> operation : Map.of("clean", 0, "dirty", 1).entrySet()) {
      Method method = method(DGC.class, operation.getKey());
      for (int place = 0; place < method.getParameterCount(); place++) {
        for (Object foreign : FOREIGN) {
          Object[] arguments = arguments(method, place, foreign);
          ObjID collector = new ObjID(ObjID.DGC_ID);
          Optional<Throwable> refusal =
              call(collector, operation.getValue(), COLLECTOR_HASH, arguments);
          if (method.getParameterTypes()[place].isPrimitive()) {
            assertRefused(IOException.class, refusal);
          } else {
            assertRejected(refusal);
            rejected++;
          }
          assertRefused(IOException.class, call(collector, -1, hash(method), arguments));
        }
      }
    }
    assertEquals(4 * FOREIGN.size(), rejected, "every object of the two operations");
    assertEquals(sung, Canary.SUNG.get());
    assertTrue(parity().isEven(2));
  }

  /** In each parameter of each method of each object of the registry, primitives too. */
  @Test
  void canaryNeverSingsInAnyParameterOfAnyMethod() throws Exception {
    export();
    int sung = Canary.SUNG.get();
    int tried = 0;
    int rejected = 0;
    Registry registry = LocateRegistry.getRegistry("127.0.0.1", export.port());
    for (String name : registry.list()) {
      Remote stub = registry.lookup(name);
      for (Class<?> contract : stub.getClass().getInterfaces()) {
        for (Method method : contract.getMethods()) {
          for (int place = 0; place < method.getParameterCount(); place++) {
            Class<?> type = method.getParameterTypes()[place];
            for (Object foreign : List.of(new Canary(), new ArrayList<>(List.of(new Canary())))) {
              Optional<Throwable> refusal =
                  call(number(stub), -1, hash(method), arguments(method, place, foreign));
              tried++;
              if (!type.isPrimitive() && type != String.class) {
                // Where a text is expected RMI reads nothing else, and asks no filter.
                assertRejected(refusal);
                rejected++;
              }
            }
          }
        }
      }
    }
    assertEquals(sung, Canary.SUNG.get());
    assertEquals(2 * 19, tried, "every parameter of the two contracts");
    assertTrue(rejected > 0, "filters were asked");
    assertTrue(parity().isEven(2));
  }

  private static Method method(Class<?> contract, String name) {
    return Stream.of(contract.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What stands before the place is as it should be, so that reading comes as far as that. */
  private static Object[] arguments(Method method, int place, Object foreign) {
    Object[] arguments =
        Stream.of(method.getParameterTypes()).map(GateTest::harmless).toArray(Object[]::new);
    arguments[place] = foreign;
    return arguments;
  }

  private static Object harmless(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == boolean.class) {
      return false;
    }
    return type.isArray() ? Array.newInstance(type.getComponentType(), 0) : "";
  }

  private static void assertRefused(Class<?> kind, Optional<Throwable> refusal) {
    assertTrue(causes(refusal).anyMatch(kind::isInstance), () -> kind + " is not why: " + refusal);
  }

  /** It came as far as the filter, and no further. */
  private static void assertRejected(Optional<Throwable> refusal) {
    assertTrue(
        causes(refusal)
            .anyMatch(
                cause ->
                    cause instanceof InvalidClassException
                        && cause.getMessage().contains("REJECTED")),
        () -> "no filter said no: " + refusal);
  }

  private static Stream<Throwable> causes(Optional<Throwable> refusal) {
    return Stream.iterate(
        refusal.orElseThrow(() -> new AssertionError("the call was not refused")),
        Objects::nonNull,
        Throwable::getCause);
  }

  /** The number of the object that a stub stands for, as it is in the stub's own bytes. */
  private static ObjID number(Remote stub) throws Exception {
    RemoteRef ref = ((RemoteObject) Proxy.getInvocationHandler(stub)).getRef();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      ref.writeExternal(out);
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(flushed(out, bytes)))) {
        if (ref.getRefClass(out).equals("UnicastRef2")) {
          assertEquals(0, in.readByte(), "no factory of the client's");
        }
        in.readUTF();
        in.readInt();
        return ObjID.read(in);
      }
    }
  }

  private static byte[] flushed(ObjectOutputStream out, ByteArrayOutputStream bytes)
      throws IOException {
    out.flush();
    return bytes.toByteArray();
  }

  /** As Java Remote Method Invocation, 8.3, computes it: of name and descriptor. */
  private static long hash(Method method) throws Exception {
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeUTF(method.getName() + descriptor);
    byte[] digest = MessageDigest.getInstance("SHA").digest(bytes.toByteArray());
    long hash = 0;
    for (int i = 0; i < 8; i++) {
      hash |= (digest[i] & 0xFFL) << 8 * i;
    }
    return hash;
  }

  /** Writes one call as it is on the wire, and returns why it was refused. */
  private Optional<Throwable> call(ObjID object, int operation, long hash, Object... arguments)
      throws Exception {
    try (Socket socket = connected()) {
      OutputStream out = socket.getOutputStream();
      out.write(STREAM_PROTOCOL);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertEquals('N', in.read());
      in.readUTF();
      in.readInt();
      DataOutputStream head = new DataOutputStream(out);
      head.writeUTF("127.0.0.1");
      head.writeInt(0);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(0x50);
      ObjectOutputStream call = new CallStream(bytes);
      object.write(call);
      call.writeInt(operation);
      call.writeLong(hash);
      for (Object each : arguments) {
        if (each instanceof Long number) {
          call.writeLong(number);
        } else if (each instanceof Integer number) {
          call.writeInt(number);
        } else if (each instanceof Boolean truth) {
          call.writeBoolean(truth);
        } else {
          call.writeObject(each);
        }
      }
      call.flush();
      out.write(bytes.toByteArray());
      out.flush();
      assertEquals(0x51, in.read(), "an answer");
      try (ObjectInputStream answer = new ObjectInputStream(in)) {
        byte kind = answer.readByte();
        UID.read(answer);
        return kind == 2 ? Optional.of((Throwable) answer.readObject()) : Optional.empty();
      }
    }
  }

  /** As RMI writes objects: behind each class stands where it can be got, which is nowhere. */
  private static final class CallStream extends ObjectOutputStream {
    CallStream(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
      writeObject(null);
    }
  }

  private static void assertNoAccess(Executable call) {
    Throwable refused = assertThrows(ServerException.class, call).getCause();
    assertEquals(AccessException.class, refused.getClass());
  }

  // ---------------------------------------------------------------------- TLS

  /** The keys of a PC and, when it was enrolled, its certificate. */
  private final class Pc {
    final Sha256 agent = Sha256.of(Sha256.start().digest(new byte[] {7}));
    final KeyPair keys;
    Optional<X509Certificate> certificate = Optional.empty();

    Pc() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    }

    SSLSocket dial(String... protocols) throws Exception {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", certificate(server.identity.authority()));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      if (certificate.isPresent()) {
        own.setKeyEntry(
            "pc",
            keys.getPrivate(),
            new char[0],
            new X509Certificate[] {certificate.get(), certificate(server.identity.authority())});
      }
      KeyManagerFactory mine = KeyManagerFactory.getInstance("PKIX");
      mine.init(own, new char[0]);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", export.port());
      socket.setSoTimeout(30_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols);
      socket.setSSLParameters(parameters);
      return socket;
    }

    IdentityMessage said(SSLSocket socket, IdentityMessage message) throws IOException {
      message.write(socket.getOutputStream());
      return IdentityMessage.read(socket.getInputStream());
    }

    byte[] enrol() throws Exception {
      EnrolmentCode code =
          server.identities.codes().make("ana", EnrolmentCodes.LASTS, OptionalLong.empty()).code();
      try (SSLSocket socket = dial(IdentityMessage.ALPN)) {
        socket.startHandshake();
        byte[] shown = socket.getSession().getPeerCertificates()[0].getEncoded();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(IdentityMessage.proven(shown, agent, keys.getPublic().getEncoded()));
        Issued issued =
            (Issued)
                said(
                    socket,
                    new Enrol(
                        code.secret(),
                        agent,
                        keys.getPublic().getEncoded(),
                        signature.sign(),
                        "pc",
                        "1"));
        assertEquals(Done.class, said(socket, new Confirm()).getClass());
        certificate = Optional.of(certificate(issued.certificate()));
        return issued.lineage();
      }
    }

    String[] list() throws Exception {
      RMIClientSocketFactory secured =
          (host, port) -> {
            try {
              return dial(IdentityMessage.CALLS_ALPN);
            } catch (IOException e) {
              throw e;
            } catch (Exception e) {
              throw new IOException(e);
            }
          };
      return LocateRegistry.getRegistry("127.0.0.1", export.port(), secured).list();
    }
  }

  private static X509Certificate certificate(byte[] der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  @Test
  void pcEnrolsAndChecksInAndCallsOnOnePort() throws Exception {
    export();
    Pc pc = new Pc();
    byte[] word = pc.enrol();
    try (SSLSocket socket = pc.dial(IdentityMessage.ALPN)) {
      assertEquals(Next.class, pc.said(socket, new CheckIn(word)).getClass());
      assertEquals(Done.class, pc.said(socket, new Confirm()).getClass());
      assertEquals(-1, socket.getInputStream().read());
    }
    assertEquals(2, pc.list().length);
  }

  @Test
  void conversationAboutIdentityNeverReachesRmi() throws Exception {
    export();
    Pc pc = new Pc();
    pc.enrol();
    try (SSLSocket socket = pc.dial(IdentityMessage.ALPN)) {
      socket.getOutputStream().write(STREAM_PROTOCOL);
      socket.getOutputStream().write(new byte[4]);
      assertEquals(IdentityRefused.class, IdentityMessage.read(socket.getInputStream()).getClass());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void callsWithoutACertificateAreNotHeard() throws Exception {
    export();
    assertUnheard(new Pc(), IdentityMessage.CALLS_ALPN);
  }

  @Test
  void callsWithoutTheirProtocolAreNotHeard() throws Exception {
    export();
    Pc pc = new Pc();
    pc.enrol();
    assertUnheard(pc);
    assertUnheard(pc, "h2");
  }

  @Test
  void certificateThatWasRevokedIsNotHeardAndItsConnectionsEnd() throws Exception {
    export();
    Pc pc = new Pc();
    pc.enrol();
    try (SSLSocket socket = pc.dial(IdentityMessage.CALLS_ALPN)) {
      socket.getOutputStream().write(STREAM_PROTOCOL);
      InputStream in = socket.getInputStream();
      assertEquals('N', in.read());
      assertTrue(server.identities.revoke(server.identities.page(0, 1).get(0).number()));
      assertEnds(in);
    }
    assertUnheard(pc, IdentityMessage.CALLS_ALPN);
    assertThrows(IOException.class, pc::list);
  }

  /** Nothing of RMI answers: the connection ends, in the handshake or behind it. */
  private static void assertUnheard(Pc pc, String... protocols) throws Exception {
    try (SSLSocket socket = pc.dial(protocols)) {
      socket.getOutputStream().write(STREAM_PROTOCOL);
      assertFalse('N' == socket.getInputStream().read(), "RMI answered");
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      assertFalse(e.toString().isEmpty());
    }
  }

  private static void assertEnds(InputStream in) throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Cut off, without the goodbye of TLS.
      assertFalse(e.toString().isEmpty());
    }
  }
}
