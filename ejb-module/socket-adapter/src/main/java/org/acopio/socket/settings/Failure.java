package org.acopio.socket.settings;

import java.util.Locale;

/**
 * Every failure that a person may have to deal with, with its number. A number is never given to
 * another failure, also when its own is gone.
 */
public enum Failure {
  /** An activation spec of another adapter was given. */
  FOREIGN_SPEC(1, "activation spec %s is not this adapter's; it must be %s"),
  /** A property has a value that it cannot have. */
  BAD_PROPERTY(2, "property '%s' is '%s'; it must be %s"),
  /** An expression names a key that nothing defines, and has no default. */
  UNRESOLVED(
      3,
      "property '%s' names '%s', which is neither a system property, nor the environment variable"
          + " %s, nor in MicroProfile Config; define it, or give a default: ${%2$s:default}"),
  /** A port cannot be listened on. */
  PORT_REFUSED(
      4,
      "endpoint '%s' cannot listen on %s port %d: %s; change the property 'ports' or"
          + " 'bindAddress', or stop what holds the port"),
  /** The adapter is not running. */
  NOT_STARTED(5, "endpoint '%s' cannot be activated: the adapter is not started, or is stopping"),
  /** An activation was asked for twice. */
  ALREADY_ACTIVE(6, "endpoint '%s' is active already; deactivate it first"),
  /** A method of the listener cannot be asked about. */
  NO_LISTENER(7, "endpoint '%s' does not implement %s: %s"),
  /** The container gives no bean yet. */
  BEAN_UNAVAILABLE(8, "endpoint '%s' waits for its bean: %s; connections wait in the backlog"),
  /** The listener threw. */
  LISTENER_FAILED(9, "the listener of endpoint '%s' failed; connection %d from %s is closed"),
  /** A limit turned connections away. */
  REFUSED(
      10,
      "endpoint '%s' on port %d turned away %d connection(s), the last from %s: %s; the limits are"
          + " 'maxConnections' (%d) and 'maxConnectionsPerAddress' (%d)"),
  /** A connection could not be accepted. */
  ACCEPT_FAILED(
      11,
      "endpoint '%s' on port %d cannot accept connections for now: %s; it tries again every second;"
          + " if descriptors ran out, raise the limit of open files or lower 'maxConnections'"),
  /** A TLS file cannot be used. */
  TLS_FILE(12, "property '%s' names %s, which cannot be used: %s"),
  /** A key does not belong to its certificate. */
  TLS_MISMATCH(13, "the key in %s does not belong to the certificate in %s"),
  /** A certificate is out of date. */
  TLS_EXPIRED(14, "the certificate of endpoint '%s' (%s) is valid from %s to %s only"),
  /** Statistics cannot be published. */
  STATISTICS(15, "the figures of endpoint '%s' cannot be registered as %s: %s"),
  /** Connections were cut at the end of the drain deadline. */
  CUT(
      16,
      "endpoint '%s' was stopped: %d connection(s) were cut after the 'drainTimeout' of %s, %d ended"
          + " by themselves"),
  /** New TLS files cannot be used. */
  TLS_KEPT(
      17,
      "the TLS files of endpoint '%s' have changed and cannot be used, so those from before stay in"
          + " use: %s"),
  /** The application made no TLS files, or bad ones. */
  TLS_MISSING(18, "endpoint '%s' serves nobody, because its TLS files cannot be used: %s"),
  /** The container let a turn's messages not through, or the listener did not take them. */
  TURN_FAILED(19, "the messages of a turn did not reach the listener of endpoint '%s'");

  private final int number;
  private final String format;

  Failure(int number, String format) {
    this.number = number;
    this.format = format;
  }

  /** The failure in words, with its number: {@code ACOPIO-SOCKET-004: …}. */
  public String text(Object... values) {
    return code() + ": " + String.format(Locale.ROOT, format, values);
  }

  /** {@code ACOPIO-SOCKET-} and three digits. */
  public String code() {
    return String.format(Locale.ROOT, "ACOPIO-SOCKET-%03d", number);
  }
}
