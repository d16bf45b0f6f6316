package org.acopio.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * One live connection of any kind, in a registry until its transport says that it is over.
 * Thread-safe; its figures are those of the moment.
 */
public final class Session {
  /** The most characters of a detail. */
  public static final int MAX_DETAIL = 200;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final long number;
  private final SessionKind kind;
  private final Link link;
  private final Sessions registry;
  private final AtomicReference<SessionState> state = new AtomicReference<>(SessionState.OPEN);
  private volatile EndReason closedAs = EndReason.LOCAL;
  private volatile String detail = "";

  Session(long number, SessionKind kind, Link link, Sessions registry) {
    this.number = number;
    this.kind = kind;
    this.link = link;
    this.registry = registry;
  }

  /** A number that no other session of this registry has; they ascend in order of beginning. */
  public long number() {
    return number;
  }

  public SessionKind kind() {
    return kind;
  }

  InetSocketAddress remote() {
    return link.remoteAddress();
  }

  /** The client's numeric address, without a scope. */
  public String remoteAddress() {
    InetSocketAddress remote = link.remoteAddress();
    InetAddress address = remote.getAddress();
    // An address that a proxy named and nobody resolved has only its text.
    String text = address == null ? remote.getHostString() : address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  public int remotePort() {
    return link.remoteAddress().getPort();
  }

  /** The server's port that the client dialled. */
  public int localPort() {
    return link.localPort();
  }

  /** When it began, by the system's clock. */
  public Instant openedAt() {
    return link.openedAt();
  }

  /** How long it has been, by a monotonic clock. */
  public Duration age() {
    return link.age();
  }

  /** How many messages the client has sent. */
  public long messages() {
    return link.messages();
  }

  /** Bytes from the client. */
  public long bytesRead() {
    return link.bytesRead();
  }

  /** Bytes to the client. */
  public long bytesWritten() {
    return link.bytesWritten();
  }

  public SessionState state() {
    return state.get();
  }

  /** What else is known of it, such as who collects; empty when there is nothing. */
  public String detail() {
    return detail;
  }

  /**
   * Says what else is known of it, cut to {@value #MAX_DETAIL} characters; what cannot be seen, or
   * turns the direction of a line, is replaced.
   */
  public void detail(String text) {
    String cut = text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
    String shown = INVISIBLE.matcher(cut).replaceAll("\uFFFD");
    if (!shown.equals(detail)) {
      detail = shown;
      registry.changed();
    }
  }

  /**
   * Closes the connection for the person at the server. Returns whether this call was the one that
   * began it. The session stays in the registry until its transport is done.
   */
  public boolean close() {
    return close(EndReason.ADMINISTRATOR);
  }

  boolean close(EndReason as) {
    if (!state.compareAndSet(SessionState.OPEN, SessionState.CLOSING)) {
      return false;
    }
    closedAs = as;
    registry.changed();
    link.close();
    return true;
  }

  /**
   * Says that the connection is over. Its transport calls this once; repeating it is harmless.
   *
   * @param reason why, as the transport sees it; a close that was asked for at the registry counts
   *     instead of {@link EndReason#LOCAL}
   */
  public void ended(EndReason reason) {
    if (registry.remove(this)) {
      EndedSession remains = remains(reason == EndReason.LOCAL ? closedAs : reason);
      state.set(SessionState.ENDED);
      registry.ended(remains);
    }
  }

  private EndedSession remains(EndReason reason) {
    return new EndedSession(
        number,
        kind,
        remoteAddress(),
        remotePort(),
        localPort(),
        openedAt(),
        age(),
        messages(),
        bytesRead(),
        bytesWritten(),
        reason,
        detail);
  }

  @Override
  public String toString() {
    return "session " + number + " (" + kind.word() + ") of " + link.remoteAddress();
  }
}
