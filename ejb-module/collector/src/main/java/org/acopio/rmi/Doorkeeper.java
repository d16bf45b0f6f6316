package org.acopio.rmi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.acopio.catalog.CatalogException;
import org.acopio.identity.Identities;
import org.acopio.identity.Identities.Certified;
import org.acopio.remote.IdentityMessage;
import org.acopio.session.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * Decides who reaches RMI: this machine as it likes; others inside TLS 1.3 with a certificate that
 * holds. Who says in the handshake that it is here about its identity is served with that and never
 * reaches RMI.
 */
final class Doorkeeper implements Gate.Reception, AutoCloseable {
  private static final Logger LOG = System.getLogger(Doorkeeper.class.getName());

  /** Handshakes and conversations side by side; each costs a thread for a moment. */
  private static final int HANDSHAKES = 32;

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration CONVERSATION = Duration.ofSeconds(60);
  private static final String MAX_THREADS = "sun.rmi.transport.tcp.maxConnectionThreads";
  private static final int DEFAULT_THREADS = 200;

  /** Threads that RMI has more than connections, since one is busy a moment longer. */
  private static final int SPARE_THREADS = 8;

  private final RmiSettings settings;
  private final Identities identities;
  private final SSLSocketFactory tls;
  private final Turnstile<Socket> calls = new Turnstile<>(places());
  private final Turnstile<Runnable> handshakes = new Turnstile<>(HANDSHAKES);
  private final ThreadPoolExecutor hands;
  private volatile @Nullable Gate gate;

  Doorkeeper(RmiSettings settings, Identities identities, SSLSocketFactory tls) {
    this.settings = settings;
    this.identities = identities;
    this.tls = tls;
    hands =
        new ThreadPoolExecutor(
            HANDSHAKES,
            HANDSHAKES,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "acopio-rmi-handshake");
              thread.setDaemon(true);
              return thread;
            });
    hands.allowCoreThreadTimeOut(true);
  }

  private static int places() {
    int threads = Integer.getInteger(MAX_THREADS, DEFAULT_THREADS);
    return Math.max(1, Math.min(threads, DEFAULT_THREADS) - SPARE_THREADS);
  }

  /** Where connections come from. */
  void at(Gate here) {
    gate = here;
  }

  /** The next connection for RMI; nothing when this is closed. */
  @Nullable Socket take() throws InterruptedException {
    return calls.take();
  }

  @Override
  public void arrived(Arrival arrival, Opening opening, byte[] first) {
    CountedSocket wire = new CountedSocket(arrival, first, settings.idle());
    if (opening == Opening.PLAIN) {
      calls.add(arrival, new ServedSocket(arrival, wire));
      return;
    }
    within(arrival, HANDSHAKE);
    handshakes.add(arrival, () -> secure(arrival, wire));
    hands.execute(this::shakeHands);
  }

  /** Every arrival brings one of these, so none that waited is forgotten. */
  private void shakeHands() {
    for (Runnable next = handshakes.poll(); next != null; next = handshakes.poll()) {
      next.run();
    }
  }

  private void secure(Arrival arrival, CountedSocket wire) {
    try {
      admit(arrival, secured(wire));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no TLS with {0}: {1}", arrival.remoteAddress(), e.toString());
      arrival.end(EndReason.PROTOCOL);
    } catch (CatalogException e) {
      LOG.log(
          Level.WARNING,
          "nobody knows now who {0} is: {1}",
          arrival.remoteAddress(),
          e.getMessage());
      arrival.end(EndReason.FAILURE);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "TLS failed", e);
      arrival.end(EndReason.FAILURE);
    } finally {
      handshakes.over(arrival);
    }
  }

  private SSLSocket secured(CountedSocket wire) throws IOException {
    wire.setSoTimeout((int) HANDSHAKE.toMillis());
    SSLSocket socket = (SSLSocket) tls.createSocket(wire, null, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(
        new String[] {IdentityMessage.CALLS_ALPN, IdentityMessage.ALPN});
    parameters.setWantClientAuth(true);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private void admit(Arrival arrival, SSLSocket socket) throws IOException {
    Optional<PublicKey> shown = shown(socket);
    switch (socket.getApplicationProtocol()) {
      case IdentityMessage.ALPN -> {
        within(arrival, CONVERSATION);
        identities
            .conversation(Caller.folder(arrival.address()), shown)
            .serve(socket.getInputStream(), socket.getOutputStream());
        socket.close();
      }
      case IdentityMessage.CALLS_ALPN -> {
        Optional<Certified> certified = shown.flatMap(key -> identities.admit(key, arrival.revoke));
        if (certified.isEmpty()) {
          LOG.log(Level.INFO, "{0} has no certificate that holds", arrival.remoteAddress());
          arrival.end(EndReason.PROTOCOL);
          return;
        }
        arrival.certified(certified.get());
        if (arrival.isOver()) {
          identities.left(certified.get(), arrival.revoke);
          return;
        }
        within(arrival, Duration.ZERO);
        calls.add(arrival, new ServedSocket(arrival, socket));
      }
      default -> arrival.end(EndReason.PROTOCOL);
    }
  }

  private static Optional<PublicKey> shown(SSLSocket socket) {
    try {
      return Optional.of(socket.getSession().getPeerCertificates()[0].getPublicKey());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public void left(Arrival arrival) {
    arrival.certified().ifPresent(certified -> identities.left(certified, arrival.revoke));
    calls.over(arrival);
    handshakes.over(arrival);
  }

  private void within(Arrival arrival, Duration time) {
    Gate here = gate;
    if (here != null) {
      here.within(arrival, time);
    }
  }

  @Override
  public void close() {
    calls.close();
    hands.shutdown();
  }
}
