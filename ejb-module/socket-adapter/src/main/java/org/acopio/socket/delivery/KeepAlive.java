package org.acopio.socket.delivery;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/** How soon a peer that is gone without a word is noticed: within a minute. */
public final class KeepAlive {
  public static final int IDLE_SECONDS = 20;
  public static final int INTERVAL_SECONDS = 10;
  public static final int COUNT = 3;

  /**
   * How long sent bytes may stay unacknowledged, in milliseconds (RFC 5482). While some are, the
   * system does not ask whether the peer is alive, and repeats them for a quarter of an hour.
   */
  public static final int UNACKNOWLEDGED_MILLIS = 50_000;

  private static final boolean TUNABLE = findOut();

  private KeepAlive() {}

  /** Whether this platform lets Java set these times. */
  public static boolean tunable() {
    return TUNABLE;
  }

  private static boolean findOut() {
    try (Socket socket = new Socket()) {
      return socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)
          && socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPINTERVAL)
          && socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPCOUNT);
    } catch (IOException unknown) {
      return false;
    }
  }
}
