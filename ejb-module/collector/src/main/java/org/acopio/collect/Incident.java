package org.acopio.collect;

import java.time.Instant;

/**
 * Something that did not go as it should while collecting.
 *
 * @param number ascending in the order of happening, from 1 at the start of the server
 * @param at when
 * @param collection its number in the catalog; 0 when there was none
 * @param address of the client
 * @param hostName what the client's PC calls itself, for people; empty when it is not known
 * @param path of the file, for people; empty when it is about no file
 * @param code what, for programs
 * @param detail what, for people, in English; may be empty
 */
public record Incident(
    long number,
    Instant at,
    long collection,
    String address,
    String hostName,
    String path,
    Code code,
    String detail) {
  /** What can happen. */
  public enum Code {
    /** Not taken: neither image, PDF, audio nor video. */
    NOT_MEDIA,
    /** Not taken: larger than the server's limit. */
    TOO_LARGE,
    /** Not taken: the store has no room beyond its reserve. */
    STORE_FULL,
    /** Not taken: the disk or the catalog failed. */
    STORE_FAILED,
    /** The file changed while it was sent; parts come again. */
    CHANGED,
    /** A block came with a wrong checksum; it comes again. */
    CORRUPT_BLOCK,
    /** The disk lost what had arrived; parts come again. */
    DAMAGED,
    /** A whole call failed, since the catalog or the disk did not answer. */
    UNAVAILABLE,
    /** A collection was not opened: too many are. */
    TOO_MANY_COLLECTIONS,
    /** A collection was ended, because nobody used it. */
    EXPIRED
  }
}
