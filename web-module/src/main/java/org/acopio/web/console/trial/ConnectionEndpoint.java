package org.acopio.web.console.trial;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.acopio.server.Acopio;
import org.acopio.web.console.Pings;

/**
 * {@code /console/connection/PORT}: a WebSocket (RFC 6455) whose binary messages are the bytes of a
 * TCP connection to an echo or session port of this server, and to nothing else. Text messages tell
 * the page where the connection comes from and why it ended.
 */
@ServerEndpoint("/console/connection/{port}")
public class ConnectionEndpoint {
  private static final Logger LOG = System.getLogger(ConnectionEndpoint.class.getName());
  private static final String VISIT = Visit.class.getName();
  private static final Duration IDLE = Duration.ofMinutes(5);

  @EJB private Acopio acopio;
  @Inject private Ports ports;
  @Inject private Visitors visitors;
  @Inject private Pings pings;

  @OnOpen
  public void opened(Session session, @PathParam("port") String port) throws IOException {
    session.setMaxIdleTimeout(IDLE.toMillis());
    session.setMaxBinaryMessageBufferSize(Relay.MAX_PIECE);
    Optional<InetSocketAddress> server =
        port.matches("\\d{1,5}") ? ports.address(Integer.parseInt(port)) : Optional.empty();
    if (server.isEmpty()) {
      refuse(session, "no-port");
      return;
    }
    Visit visit = new Visit(session, acopio.sessions(), visitors);
    if (!visit.enter()) {
      refuse(session, "too-many");
      return;
    }
    session.getUserProperties().put(VISIT, visit);
    pings.keep(session);
    try {
      visit.begin(server.get(), ports.header());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "port " + port + " takes no connection of a page", e);
      visit.leave();
      refuse(session, "refused");
    }
  }

  /** The reason is a word that the page has a sentence for. */
  private static void refuse(Session session, String word) throws IOException {
    session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, word));
  }

  @OnMessage(maxMessageSize = Relay.MAX_PIECE)
  public void heard(Session session, ByteBuffer bytes) {
    if (session.getUserProperties().get(VISIT) instanceof Visit visit) {
      visit.send(bytes);
    }
  }

  @OnClose
  public void closed(Session session) {
    if (session.getUserProperties().get(VISIT) instanceof Visit visit) {
      visit.leave();
    }
  }

  /** Browsers vanish without a word; their end follows. */
  @OnError
  public void failed(Throwable failure) {
    LOG.log(Level.DEBUG, "a page is gone", failure);
  }
}
