package org.acopio.check;

import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.Optional;
import org.acopio.catalog.CheckedFile;
import org.acopio.remote.Sha256;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Look;
import org.acopio.storage.Inspection.State;
import org.acopio.storage.StorageException;

/**
 * A row that does not fit its file at first sight; others may explain it.
 *
 * @param look what stands under its name
 * @param content what was read there, if it was
 * @param other what another row of the same bytes says they are; its own digest where there is none
 * @param why for people
 */
record Suspect(
    CheckedFile row,
    Trouble trouble,
    Look look,
    Optional<Content> content,
    Sha256 other,
    String why) {

  enum Trouble {
    /** The key is not that of the path. */
    KEY,
    /** No file stands under its name. */
    ABSENT,
    /** The file cannot be looked at or read. */
    UNREADABLE,
    /** Another size. */
    SIZE,
    /** Another content. */
    CONTENT,
    /** Rows of the same bytes have different digests. */
    SHARED,
    /** Another time of change. */
    TIME,
    /** Marked as damaged, and it does not look so. */
    MARKED
  }

  static Suspect of(CheckedFile row, Trouble trouble, Look look, String why) {
    return new Suspect(row, trouble, look, Optional.empty(), row.digest(), why);
  }

  /**
   * A file that could not be read. Where only the right to do so is missing, nothing is known
   * against it, and it stays where it is.
   */
  static Suspect unreadable(CheckedFile row, Look look, StorageException failure) {
    String why = String.valueOf(failure.getMessage());
    Look seen =
        failure.getCause() instanceof AccessDeniedException
            ? new Look(State.UNREADABLE, 0, Instant.EPOCH, "", 0, why)
            : look;
    return of(row, Trouble.UNREADABLE, seen, why);
  }

  /** Whether the bytes are lost, and not only out of reach for this user. */
  boolean isLoss() {
    return trouble != Trouble.UNREADABLE || look.isFile();
  }

  Suspect with(Trouble another, Content read) {
    return new Suspect(row, another, look, Optional.of(read), other, why);
  }
}
