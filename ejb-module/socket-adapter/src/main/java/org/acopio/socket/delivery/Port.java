package org.acopio.socket.delivery;

import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.acopio.socket.CloseReason;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.settings.Failure;

/** What all connections of one listening port have in common. Thread-safe. */
public final class Port {
  private static final Logger LOG = System.getLogger(Port.class.getName());

  /** Loaded beforehand: when it is needed there may be no descriptor left to load it with. */
  private static final Failure ACCEPT_FAILED = Failure.ACCEPT_FAILED;

  private final EndpointSettings settings;
  private final Beans beans;
  private final LongSupplier connectionIds;
  private final InetSocketAddress address;
  private final Figures figures;
  private final Admission admission;
  private final RateLimitedLog refusals = new RateLimitedLog(LOG);
  private final RateLimitedLog acceptFailures = new RateLimitedLog(LOG);

  /**
   * @param address what is listened on, with the port that is open
   * @param threads tells how many threads serve the port
   */
  public Port(
      EndpointSettings settings,
      Beans beans,
      LongSupplier connectionIds,
      InetSocketAddress address,
      IntSupplier threads) {
    this.settings = settings;
    this.beans = beans;
    this.connectionIds = connectionIds;
    this.address = address;
    this.figures =
        new Figures(settings, address.getAddress().getHostAddress(), address.getPort(), threads);
    this.admission = new Admission(settings.maxConnections(), settings.maxConnectionsPerAddress());
  }

  public EndpointSettings settings() {
    return settings;
  }

  public Beans beans() {
    return beans;
  }

  public InetSocketAddress address() {
    return address;
  }

  public Figures figures() {
    return figures;
  }

  public Admission admission() {
    return admission;
  }

  long nextConnectionId() {
    return connectionIds.getAsLong();
  }

  /**
   * Takes a place for a new connection, unless the port is paused or full. What was taken is given
   * back with {@code admission().leave()}.
   */
  public boolean admits(InetAddress remote) {
    if (figures.isPaused()) {
      refused(remote, "the endpoint is paused");
      return false;
    }
    if (!admission.enter()) {
      refused(remote, "all connections are taken");
      return false;
    }
    return true;
  }

  /** Takes one of the places of an address; given back with {@code admission().leave(address)}. */
  public boolean admitsAddress(InetAddress remote) {
    if (admission.enter(remote)) {
      return true;
    }
    refused(remote, "all connections of this address are taken");
    return false;
  }

  private void refused(InetAddress remote, String why) {
    figures.refused();
    refusals.event(
        count ->
            Failure.REFUSED.text(
                settings.name(),
                address.getPort(),
                count,
                remote.getHostAddress(),
                why,
                settings.maxConnections(),
                settings.maxConnectionsPerAddress()));
  }

  /** Reports that nothing can be accepted for now. */
  public void acceptFailed(Throwable cause) {
    acceptFailures.event(count -> ACCEPT_FAILED.text(settings.name(), address.getPort(), cause));
  }

  /** Counts a connection that ended before its listener heard of it. */
  public void endedEarly(CloseReason reason) {
    figures.ended(reason);
  }
}
