package org.acopio.endpoint;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.acopio.rmi.GateFigures;
import org.acopio.rmi.RmiSettings;
import org.acopio.server.Acopio;
import org.acopio.session.EndReason;
import org.acopio.session.KindTotals;
import org.acopio.session.SessionKind;

/** The port of RMI, as it is now, and its switch. Holds nothing itself. Thread-safe. */
public final class RmiPort {
  private static final String MAX_THREADS = "sun.rmi.transport.tcp.maxConnectionThreads";
  private static final String THREAD = "RMI TCP Connection(";
  private static final String IDLE = THREAD + "idle)";

  private final Acopio server;

  /** The port of this server's registry and its objects. */
  public RmiPort(Acopio server) {
    this.server = server;
  }

  /** Its number. */
  public int number() {
    return server.rmiPort();
  }

  /** Connections are counted by the gate before RMI, the rest by their sessions. */
  public EndpointFigures figures() {
    InetSocketAddress address = server.rmiAddress();
    RmiSettings limits = server.rmi().settings();
    GateFigures gate = server.rmi().figures();
    KindTotals totals = server.sessions().totals(SessionKind.RMI);
    Map<EndReason, Long> ended = totals.ended();
    return new EndpointFigures(
        "rmi",
        address.getAddress().getHostAddress(),
        address.getPort(),
        "rmi",
        false,
        limits.connections(),
        OptionalInt.of(limits.connectionsPerAddress()),
        gate.open(),
        OptionalInt.of(gate.peak()),
        threads(),
        maxThreads(),
        gate.accepted(),
        OptionalLong.of(gate.refused()),
        OptionalLong.of(gate.refusedOfAddress()),
        ended.get(EndReason.FIRST_BYTE) + ended.get(EndReason.IDLE),
        ended.get(EndReason.RESET) + ended.get(EndReason.PROTOCOL) + ended.get(EndReason.FAILURE),
        totals.messages(),
        totals.bytesRead(),
        totals.bytesWritten(),
        true,
        gate.paused());
  }

  /**
   * From now on turns new connections away; those that are open go on. Repeating it is harmless.
   */
  public void pause() {
    server.rmi().pause();
  }

  /** Takes new connections again. */
  public void resume() {
    server.rmi().resume();
  }

  private static OptionalInt maxThreads() {
    Integer most = Integer.getInteger(MAX_THREADS);
    return most == null ? OptionalInt.empty() : OptionalInt.of(most);
  }

  /** Those that serve a connection: RMI names them after it. */
  private static int threads() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    // Some that begin meanwhile have room too; the rest would be left out, and only for now.
    Thread[] running = new Thread[all.activeCount() + 100];
    int count = all.enumerate(running);
    int serving = 0;
    for (int i = 0; i < count; i++) {
      String name = running[i].getName();
      serving += name.startsWith(THREAD) && !name.equals(IDLE) ? 1 : 0;
    }
    return serving;
  }
}
