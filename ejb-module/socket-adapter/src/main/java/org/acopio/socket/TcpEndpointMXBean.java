package org.acopio.socket;

/**
 * Figures and switches of one listening port, in the platform's MBean server under {@code
 * org.acopio.socket:type=Endpoint,name=NAME,port=PORT}. Counts begin with the activation.
 */
public interface TcpEndpointMXBean {
  /** Every endpoint of every adapter in this JVM, as an object name pattern. */
  String PATTERN = "org.acopio.socket:type=Endpoint,*";

  /** The name of its activation. */
  String getName();

  /** The address that is listened on, numeric. */
  String getAddress();

  /** The port that is open, also when any was asked for. */
  int getPort();

  /** {@code selector} or {@code thread}. */
  String getConcurrency();

  /** Whether connections are protected by TLS. */
  boolean isSecure();

  /** Most connections at once. */
  int getMaxConnections();

  /** Most connections at once from one address. */
  int getMaxConnectionsPerAddress();

  /** Connections that are open now. */
  int getOpen();

  /** The most that were open at once. */
  int getPeakOpen();

  /**
   * Threads that serve this port now: event loops and workers, or one for each connection that has
   * begun to speak.
   */
  int getThreads();

  /** Connections that were accepted and served. */
  long getAccepted();

  /** Connections that were turned away because a limit was reached, or while paused. */
  long getRefused();

  /** Connections that were closed because of a deadline. */
  long getTimedOut();

  /** Connections that were closed for any fault of peer, network or listener. */
  long getFailed();

  /** Messages that were given to the listener. */
  long getMessages();

  long getBytesRead();

  long getBytesWritten();

  /** Whether new connections are turned away at present. */
  boolean isPaused();

  /** Turns new connections away; those that are open go on. */
  void pause();

  /** Takes new connections again. */
  void resume();
}
