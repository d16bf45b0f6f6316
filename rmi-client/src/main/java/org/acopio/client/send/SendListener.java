package org.acopio.client.send;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
   * @param pause until the next try
   * @param left how long the server is waited for from now on, {@code pause} included
   */
  default void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {}

  /**
   * Another PC goes on with the identity that this one had; it has its own from now on.
   *
   * @param agentKey the secret of its own, 32 bytes, to be kept in the place of the one before
   */
  default void toldApart(byte[] agentKey) {}

  /** The server wanted a new key of this PC's, and it has one. */
  default void rekeyed() {}

  /** The word that the server gave could not be kept; it takes the one before. */
  default void identityNotWritten(Path identity, String detail) {}

  /** The first bytes of a file are about to be sent. */
  default void started(MediaFile file) {}

  /** The server acknowledged bytes of content: {@code bytes} more than before. */
  default void acknowledged(long bytes) {}

  /**
   * The content of a file was read whole and did not change meanwhile: this is its SHA-256, 32
   * bytes. Called once for each content of a file; {@code file} has the stamp that the content
   * belongs to, which is another than the one it was found with when it changed since.
   *
   * @param since when the reading began; the file had that stamp before and after it
   */
  default void digested(MediaFile file, byte[] sha256, Instant since) {}

  /**
   * A file has its final result; called exactly once for each file. The file in it has the stamp
   * that it was last offered with.
   */
  default void finished(FileResult result) {}
}
