package org.acopio.check;

import java.util.Optional;
import org.acopio.catalog.CheckedFile;
import org.acopio.remote.Sha256;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Look;

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

  Suspect with(Trouble another, Content read) {
    return new Suspect(row, another, look, Optional.of(read), other, why);
  }
}
