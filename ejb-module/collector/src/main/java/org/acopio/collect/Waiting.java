package org.acopio.collect;

import java.time.Duration;

/**
 * Why a collection does not go on, as far as the server can know.
 *
 * @param reason what it waits for
 * @param since for how long
 */
public record Waiting(Reason reason, Duration since) {
  static final Waiting NONE = new Waiting(Reason.NOTHING, Duration.ZERO);

  /** What a collection can wait for. */
  public enum Reason {
    /** It does not wait. */
    NOTHING,
    /** The PC: no call of it is under way and none came since. */
    CLIENT,
    /** More calls came at once than are served side by side. */
    LANES,
    /** The disk: a block is being written. */
    DISK,
    /** Disk and catalog: files are being synced and committed. */
    COMMIT,
    /** The catalog: it is being asked what the store has. */
    CATALOG,
    /** Room: the store is full up to its reserve. */
    STORE_FULL,
    /** The disk or the catalog, which failed. */
    STORE_FAILED
  }
}
