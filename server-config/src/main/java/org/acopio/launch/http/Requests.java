package org.acopio.launch.http;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * Stands between HTTP's codec and what serves requests: notes what of a request is there, and lets
 * requests of an address that has enough threads wait.
 */
final class Requests extends BaseFilter {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Visits visits;
  private final Attribute<Visit> visitOf;
  private final Readers readers;

  Requests(Visits visits, Attribute<Visit> visitOf, Readers readers) {
    this.visits = visits;
    this.visitOf = visitOf;
    this.readers = readers;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    Visit visit = visitOf.get(connection);
    if (visit == null
        || !(context.getMessage() instanceof HttpContent content)
        || !(content.getHttpHeader() instanceof HttpRequestPacket)
        || !visit.request(content.isLast(), System.nanoTime())
        || visits.begin(visit)) {
      readers.served();
      return context.getInvokeAction();
    }
    NextAction suspended = context.getSuspendAction();
    context.suspend();
    // From here on the context may be another thread's.
    visits.await(
        visit, () -> connection.getTransport().getWorkerThreadPool().execute(context::resumeNext));
    return suspended;
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) {
    Visit visit = visitOf.get(context.getConnection());
    if (visit != null
        && context.getMessage() instanceof HttpPacket packet
        && packet.getHttpHeader() instanceof HttpResponsePacket answer
        && answer.getStatus() == SWITCHING_PROTOCOLS) {
      visit.upgraded(System.nanoTime());
      visits.end(visit);
    }
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
    Visit visit = visitOf.get(context.getConnection());
    if (visit != null && event.type() == HttpServerFilter.RESPONSE_COMPLETE_EVENT.type()) {
      visit.answered(System.nanoTime());
      visits.end(visit);
    }
    return context.getInvokeAction();
  }
}
