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
   * Says what the client's PC calls itself. Nothing depends on it, and saying it again is harmless.
   */
  default void callsItself(String hostName) {}

  /** Closes the line after what was sent has left. */
  void close();

  /**
   * Says which collection the client works on. Lines of one collection share what serves them, so
   * that one whose requests wait for a disk leaves room for the others.
   */
  void belongsTo(String ticket);
}
