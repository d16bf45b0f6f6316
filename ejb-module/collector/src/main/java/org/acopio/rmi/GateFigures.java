package org.acopio.rmi;

/**
 * The connections to the port of RMI, at one moment. Counts begin with the export.
 *
 * @param open connections that are open
 * @param peak the most that were open at once
 * @param accepted connections that were let in
 * @param refusedFull turned away because there were as many as there may be
 * @param refusedOfAddress turned away because their address had as many as it may have
 * @param refusedPaused turned away while the port was paused
 * @param paused whether new connections are turned away
 */
public record GateFigures(
    int open,
    int peak,
    long accepted,
    long refusedFull,
    long refusedOfAddress,
    long refusedPaused,
    boolean paused) {
  /** All that were turned away. */
  public long refused() {
    return refusedFull + refusedOfAddress + refusedPaused;
  }
}
