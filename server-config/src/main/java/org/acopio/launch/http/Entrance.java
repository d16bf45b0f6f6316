package org.acopio.launch.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.acopio.launch.http.Visits.Welcome;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/** Stands before TLS and HTTP: lets connections in, and notes that bytes have come. */
final class Entrance extends BaseFilter {
  private final Visits visits;
  private final HttpLimits limits;
  private final Attribute<Visit> visitOf;
  private final BiConsumer<Welcome, InetSocketAddress> refused;

  Entrance(
      Visits visits,
      HttpLimits limits,
      Attribute<Visit> visitOf,
      BiConsumer<Welcome, InetSocketAddress> refused) {
    this.visits = visits;
    this.limits = limits;
    this.visitOf = visitOf;
    this.refused = refused;
  }

  @Override
  @SuppressWarnings(
      "deprecation") // How the connection ends is of no interest, and its type is old.
  public NextAction handleAccept(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    if (!(connection.getPeerAddress() instanceof InetSocketAddress peer)) {
      connection.terminateSilently(); // It is gone already.
      return context.getStopAction();
    }
    Visit visit = new Visit(peer.getAddress(), limits, System.nanoTime());
    Welcome welcome = visits.come(visit, connection::terminateSilently);
    if (welcome != Welcome.COME) {
      refused.accept(welcome, peer);
      connection.terminateSilently();
      return context.getStopAction();
    }
    visitOf.set(connection, visit);
    // As what it is to Grizzly's newer half: the method of a connection is deprecated.
    Closeable closeable = connection;
    closeable.addCloseListener((closed, how) -> visits.go(visit));
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    Visit visit = visitOf.get(context.getConnection());
    if (visit != null && context.getMessage() instanceof Buffer bytes) {
      visit.heard(bytes.remaining(), System.nanoTime());
    }
    return context.getInvokeAction();
  }
}
