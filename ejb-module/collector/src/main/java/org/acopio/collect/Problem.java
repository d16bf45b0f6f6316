package org.acopio.collect;

/**
 * Something that a person may want to put right.
 *
 * @param code what, for programs; what to do is in the words of it
 * @param count how many of what it counts: files, collections, blocks; 0 when it counts nothing
 * @param bytes how many there are of what is short; 0 when it is about no bytes
 * @param limitBytes how many there should be
 * @param seconds for how long; 0 when it is about no time
 * @param subject a host, a file, ports or a message, for people; may be empty
 */
public record Problem(
    Code code, long count, long bytes, long limitBytes, long seconds, String subject) {
  /** What can be wrong, the worst first. */
  public enum Code {
    /** The catalog does not answer; the subject says why. */
    CATALOG_AWAY(Severity.BAD),
    /** The store cannot be looked at; the subject says why. */
    STORE_AWAY(Severity.BAD),
    /** The store may not be written to. */
    STORE_READ_ONLY(Severity.BAD),
    /** Nothing more is taken: bytes free, limit is the reserve. */
    STORE_FULL(Severity.BAD),
    /** The disk lost what it had. */
    DISK_DAMAGED(Severity.BAD),
    /** Files could not be stored, count, the last one. */
    FILES_FAILED(Severity.BAD),
    /** Stored files are not intact any more: count. */
    FILES_DAMAGED(Severity.BAD),
    /** Little room is left: bytes beyond the reserve, limit is the reserve. */
    STORE_NEARLY_FULL(Severity.WARN),
    /** Collections of which nothing comes: count, longest, its host. */
    COLLECTION_SILENT(Severity.WARN),
    /** No more collections are opened now: count of refusals. */
    TOO_MANY_COLLECTIONS(Severity.WARN),
    /** Ports that have as many connections as they may: count, which. */
    PORTS_FULL(Severity.WARN),
    /** Files larger than the limit: count, the last one. */
    FILES_TOO_LARGE(Severity.WARN),
    /** Blocks that were damaged on their way: count, the last host. */
    BLOCKS_CORRUPT(Severity.WARN),
    /** A check found what is about no file's bytes: count. */
    STORE_FINDINGS(Severity.WARN),
    /** Stored bytes are read again too slowly: files and bytes so far, for how long, the days. */
    SCRUB_BEHIND(Severity.WARN),
    /** The catalog was made anew from a damaged file, which is kept: count, the last one. */
    CATALOG_REBUILT(Severity.WARN),
    /** Ports that an administrator has paused: count, which. */
    PORTS_PAUSED(Severity.NOTE),
    /** Files changed while they were sent: count, the last one. */
    FILES_CHANGED(Severity.NOTE),
    /** Files that are no media: count, the last one. */
    FILES_NOT_MEDIA(Severity.NOTE),
    /** Files that were begun and nobody goes on with: count. */
    FILES_UNFINISHED(Severity.NOTE);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }
  }

  /** How bad a problem is. */
  public enum Severity {
    /** Files cannot be collected, or are lost. */
    BAD,
    /** Somebody should look at it. */
    WARN,
    /** Good to know. */
    NOTE
  }
}
