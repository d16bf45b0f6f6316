package org.acopio.collect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.ScrubState;

/**
 * How store and catalog were a moment ago.
 *
 * @param at when it was looked at, at most a few seconds ago unless the disk hangs
 * @param capacity bytes of the store's disk in all
 * @param free bytes of it that can still be written; 0 while it takes none, as with a used-up quota
 * @param reserve how many of them stay free
 * @param writable whether the store takes files at all
 * @param unfinished uploads that have no receipt, whether or not anybody goes on with them
 * @param abandoned those of them that no open collection goes on with
 * @param damaged files with a receipt whose bytes are not intact, as checks found
 * @param scrub how far the check in the background is
 * @param damagedCatalogs names of files that the catalog was made anew from, the oldest first
 * @param storeTrouble why the disk could not be looked at
 * @param catalogTrouble why the catalog does not answer
 */
public record Condition(
    Instant at,
    long capacity,
    long free,
    long reserve,
    boolean writable,
    int unfinished,
    int abandoned,
    long damaged,
    ScrubState scrub,
    List<String> damagedCatalogs,
    Optional<String> storeTrouble,
    Optional<String> catalogTrouble) {
  public Condition {
    damagedCatalogs = List.copyOf(damagedCatalogs);
  }

  /** Bytes that can be stored before the reserve is touched, 0 or more. */
  public long room() {
    return Math.max(0, free - reserve);
  }
}
