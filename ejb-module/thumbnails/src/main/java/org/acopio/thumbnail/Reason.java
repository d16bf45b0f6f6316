package org.acopio.thumbnail;

import java.util.Locale;

/** Why there is no picture of a file, or nothing that it says of itself. */
public enum Reason {
  /** Nothing here reads this kind of file, or it has no picture in it. */
  UNSUPPORTED(true),
  /** It is damaged, or not what its type says. */
  UNREADABLE(true),
  /** It has more pixels than {@code acopio.thumbnails.max-pixels}. */
  TOO_MANY_PIXELS(true),
  /** Decoding it took longer than {@code acopio.thumbnails.deadline}. */
  TOO_SLOW(true),
  /** Decoding it needs more memory than a worker has. */
  TOO_MUCH_MEMORY(true),
  /** Decoding it ended the worker, which should not happen. */
  CRASHED(true),
  /** It has fewer pages. */
  NO_SUCH_PAGE(true),
  /** More is waiting than can be done soon; asking again later helps. */
  BUSY(false),
  /** No worker can be started; the log says why. */
  FAILED(false),
  /** {@code acopio.thumbnails.workers} is 0. */
  OFF(false);

  private final boolean lasting;

  Reason(boolean lasting) {
    this.lasting = lasting;
  }

  /** Whether it lies in the file, so that trying again soon comes to the same. */
  public boolean lasting() {
    return lasting;
  }

  /** The name in headers and JSON, such as {@code too-slow}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
