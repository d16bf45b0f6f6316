package org.acopio.endpoint;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.acopio.server.Acopio;
import org.acopio.session.EndReason;
import org.acopio.session.KindTotals;
import org.acopio.session.SessionKind;

/** What is known of the port of RMI, whose transport keeps no figures: that of its sessions. */
public final class RmiFigures {
  private static final String MAX_THREADS = "sun.rmi.transport.tcp.maxConnectionThreads";
  private static final String THREAD = "RMI TCP Connection(";
  private static final String IDLE = THREAD + "idle)";

  private RmiFigures() {}

  /** The port of this server's registry and its objects, as it is now. */
  public static EndpointFigures of(Acopio server) {
    InetSocketAddress address = server.rmiAddress();
    KindTotals totals = server.sessions().totals(SessionKind.RMI);
    Map<EndReason, Long> ended = totals.ended();
    return new EndpointFigures(
        "rmi",
        address.getAddress().getHostAddress(),
        address.getPort(),
        "rmi",
        false,
        Integer.getInteger(MAX_THREADS, Integer.MAX_VALUE),
        OptionalInt.empty(),
        server.sessions().counts().get(SessionKind.RMI),
        OptionalInt.empty(),
        threads(),
        totals.begun(),
        OptionalLong.empty(),
        ended.get(EndReason.FIRST_BYTE) + ended.get(EndReason.IDLE),
        ended.get(EndReason.RESET) + ended.get(EndReason.PROTOCOL) + ended.get(EndReason.FAILURE),
        totals.messages(),
        totals.bytesRead(),
        totals.bytesWritten(),
        false,
        false);
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
