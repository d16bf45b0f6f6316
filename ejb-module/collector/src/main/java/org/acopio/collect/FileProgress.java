package org.acopio.collect;

import java.time.Instant;
import java.util.List;

/**
 * A file that was begun and has no receipt.
 *
 * @param upload its number, for ever
 * @param path where it is on its PC, for people: at most {@value #MAX_PATH} characters, cut at its
 *     beginning, without control characters
 * @param size in bytes
 * @param storing whether it is being checked, synced and committed, so that no more bytes are
 *     wanted
 * @param parts always four, in order
 * @param begunAt when this collection offered it
 * @param touchedAt when the last block of it came, or when it was offered
 */
public record FileProgress(
    long upload,
    String path,
    long size,
    boolean storing,
    List<PartProgress> parts,
    Instant begunAt,
    Instant touchedAt) {
  /** The most characters of a path that are shown. */
  public static final int MAX_PATH = 400;

  public FileProgress {
    parts = List.copyOf(parts);
  }

  /** How many of its bytes are here. */
  public long arrived() {
    return parts.stream().mapToLong(PartProgress::arrived).sum();
  }
}
