package org.acopio.launch.http;

/**
 * The connections of one HTTP port, in the platform's MBean server under {@code
 * org.acopio:type=HttpPort,port=PORT}, where the application reads them without knowing this class.
 * Counts begin with the first connection.
 */
public interface HttpPortMXBean {
  /** Most connections at once. */
  int getMaxConnections();

  /** Most connections at once from one address. */
  int getMaxConnectionsPerAddress();

  /** Connections that are open now. */
  int getOpen();

  /** The most that were open at once. */
  int getPeakOpen();

  /** Connections that were let in. */
  long getAccepted();

  /** Connections that were turned away because a limit was reached. */
  long getRefused();

  /** Those of them that came from an address that had as many as it may have. */
  long getRefusedOfAddress();

  /** Connections that were ended because they were late. */
  long getTimedOut();
}
