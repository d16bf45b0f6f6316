package org.acopio.client.send;

import java.time.Duration;
import org.acopio.client.scan.MediaFile;

/**
 * Hears what happens while files are sent. Called from several threads at once, and must return at
 * once.
 */
public interface SendListener {
  /** A connection stands: first, or again after a loss. */
  default void connected(String folder) {}

  /**
   * The server is not there or said to wait; the same is tried again after a pause.
   *
   * @param attempt 1 for the first failure in a row
   */
  default void waiting(int attempt, Duration pause, String reason) {}

  /** The first bytes of a file are about to be sent. */
  default void started(MediaFile file) {}

  /** The server acknowledged bytes of content: {@code bytes} more than before. */
  default void acknowledged(long bytes) {}

  /** A file has its final result; called exactly once for each file. */
  default void finished(FileResult result) {}
}
