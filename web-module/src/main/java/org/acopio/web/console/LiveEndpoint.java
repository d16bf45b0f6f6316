package org.acopio.web.console;

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
import java.util.Optional;

/**
 * {@code /console/live/TOPIC}: the WebSocket (RFC 6455) by which a page is told what changes. It
 * lies below the console, so that who may see the pages may open it. What a page says is not
 * listened to.
 */
@ServerEndpoint("/console/live/{topic}")
public class LiveEndpoint {
  private static final Logger LOG = System.getLogger(LiveEndpoint.class.getName());
  private static final String ONLOOKER = Onlooker.class.getName();
  private static final int MAX_WORDS = 256;
  private static final long SEND_TIMEOUT_MILLIS = 20_000;

  @Inject private Live live;
  @Inject private Pings pings;

  @OnOpen
  public void opened(Session session, @PathParam("topic") String name) throws IOException {
    Optional<Broadcast> topic = live.topic(name);
    if (topic.isEmpty()) {
      session.close(new CloseReason(CloseCodes.CANNOT_ACCEPT, "there is no such topic"));
      return;
    }
    session.setMaxIdleTimeout(0);
    session.setMaxTextMessageBufferSize(MAX_WORDS);
    session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
    Onlooker onlooker = new Onlooker(session.getAsyncRemote());
    session.getUserProperties().put(ONLOOKER, onlooker);
    pings.keep(session);
    live.later(() -> renew(session));
    topic.get().join(onlooker);
  }

  /**
   * The page comes back at once, and has to be let in again: so a login that has ended, whether by
   * logging out in another window or by an administrator, does not look on for ever.
   */
  private static void renew(Session session) {
    try {
      session.close(new CloseReason(CloseCodes.SERVICE_RESTART, "come in again"));
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a page was gone already", e);
    }
  }

  /** Pages say nothing; without a handler some would be told that text is not expected. */
  @OnMessage(maxMessageSize = MAX_WORDS)
  public void heard(String words) {
    LOG.log(Level.DEBUG, "a page spoke");
  }

  @OnClose
  public void closed(Session session, @PathParam("topic") String name) {
    if (session.getUserProperties().get(ONLOOKER) instanceof Onlooker onlooker) {
      live.topic(name).ifPresent(topic -> topic.leave(onlooker));
    }
  }

  /** Browsers vanish without a word; their end follows. */
  @OnError
  public void failed(Throwable failure) {
    LOG.log(Level.DEBUG, "a page is gone", failure);
  }
}
