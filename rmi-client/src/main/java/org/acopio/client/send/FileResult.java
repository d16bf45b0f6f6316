package org.acopio.client.send;

import java.util.Objects;
import java.util.Optional;
import org.acopio.client.scan.MediaFile;

/**
 * What became of one file.
 *
 * @param file the file
 * @param outcome for programs
 * @param sha256 64 hexadecimal digits that the server and this PC agree on; there when stored or
 *     had
 * @param storedAs where it is in the store; there when stored or had
 * @param version which content of this path it is, 1 or more; 0 when it is not in the store
 * @param trouble why it is not in the store; empty when it is
 */
public record FileResult(
    MediaFile file,
    Outcome outcome,
    Optional<String> sha256,
    Optional<String> storedAs,
    int version,
    Optional<FileTrouble> trouble) {
  public FileResult {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(storedAs, "storedAs");
    Objects.requireNonNull(trouble, "trouble");
  }

  /** What can become of a file. */
  public enum Outcome {
    /** The server gave its receipt in this run. */
    STORED,
    /** The server had it from this PC already. */
    HAVE,
    /** The server does not take it. */
    REFUSED,
    /** It changed each time while it was read. */
    CHANGED,
    /** It could not be read, or is gone. */
    UNREADABLE,
    /** The server could not store it now. */
    FAILED;

    /** True when the server has the file for good. */
    public boolean safe() {
      return this == STORED || this == HAVE;
    }
  }
}
