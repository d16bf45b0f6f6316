package org.acopio.ingest;

import java.nio.ByteBuffer;

/** The way back to one client. */
public interface Line {
  /**
   * Sends bytes after all that was sent before; returns without waiting for the client. Without
   * effect once the line is closed.
   *
   * @param bytes from position to limit; copied or sent before this returns
   */
  void send(ByteBuffer bytes);

  /**
   * Says who sends over it: what the PC calls itself. Nothing depends on it, and saying it again is
   * harmless.
   */
  default void belongsTo(String hostName) {}

  /** Closes the line after what was sent has left. */
  void close();
}
