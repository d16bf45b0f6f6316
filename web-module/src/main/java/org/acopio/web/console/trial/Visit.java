package org.acopio.web.console.trial;

import jakarta.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.acopio.session.SessionOrder;
import org.acopio.session.SessionQuery;
import org.acopio.session.Sessions;
import org.jspecify.annotations.Nullable;

/** One browser on one relay, from its coming to its leaving. Thread-safe. */
final class Visit implements Relay.Listener {
  private static final Logger LOG = System.getLogger(Visit.class.getName());

  private final Session browser;
  private final Sessions registry;
  private final Visitors visitors;
  private final String person;
  private final AtomicBoolean counted = new AtomicBoolean();
  private volatile @Nullable Relay relay;
  private boolean shown;

  Visit(Session browser, Sessions registry, Visitors visitors) {
    this.browser = browser;
    this.registry = registry;
    this.visitors = visitors;
    Principal principal = browser.getUserPrincipal();
    this.person = principal == null ? "" : principal.getName();
  }

  /** Whether the person may have one more connection. */
  boolean enter() {
    boolean may = visitors.enter(person);
    counted.set(may);
    return may;
  }

  /**
   * Connects, and tells the page how the server sees it.
   *
   * @param header what the connection begins with
   */
  void begin(InetSocketAddress server, byte[] header) throws IOException {
    Relay opened = Relay.open(server, this);
    relay = opened;
    opened.send(ByteBuffer.wrap(header));
    InetSocketAddress client = opened.client();
    tell(
        Json.createObjectBuilder()
            .add("state", "open")
            .add("address", client.getAddress().getHostAddress())
            .add("port", client.getPort())
            .build()
            .toString());
    Thread pump = new Thread(opened::pump, "acopio-trial");
    pump.setDaemon(true);
    pump.start();
  }

  void send(ByteBuffer bytes) {
    Relay open = relay;
    if (open != null) {
      open.send(bytes);
    }
  }

  /** The browser is gone; repeating it is harmless. */
  void leave() {
    Relay open = relay;
    if (open != null) {
      open.close();
    }
    if (counted.compareAndSet(true, false)) {
      visitors.leave(person);
    }
  }

  @Override
  public void received(ByteBuffer bytes) throws IOException {
    show();
    synchronized (browser) {
      browser.getBasicRemote().sendBinary(bytes);
    }
  }

  /** In the list of sessions it is seen who this is, as soon as the server has entered it there. */
  private void show() {
    Relay open = relay;
    if (shown || open == null) {
      return;
    }
    shown = true;
    InetSocketAddress client = open.client();
    registry
        .page(
            new SessionQuery(
                Optional.empty(),
                client.getAddress().getHostAddress() + ":" + client.getPort(),
                SessionOrder.BEGUN,
                true,
                0,
                1))
        .sessions()
        .forEach(session -> session.detail(person.isEmpty() ? "web" : "web: " + person));
  }

  @Override
  public void ended(Relay.Ending ending) {
    String word = ending.name().toLowerCase(Locale.ROOT);
    try {
      synchronized (browser) {
        if (browser.isOpen()) {
          browser.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, word));
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the browser was gone before its connection", e);
    }
  }

  private void tell(String words) throws IOException {
    synchronized (browser) {
      browser.getBasicRemote().sendText(words);
    }
  }
}
