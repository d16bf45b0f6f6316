package org.acopio.check;

import java.util.Locale;
import java.util.Objects;

/**
 * Something in which catalog and store are not as they should be.
 *
 * @param kind what
 * @param file number of the row that it is about; 0 when it is about none
 * @param storedAs the name in the store that it is about; empty when it is about none
 * @param detail what exactly, for people, in English
 * @param outcome what a repair did about it
 * @param remedy what was done, or what a person can do
 */
public record Finding(
    Kind kind, long file, String storedAs, String detail, Outcome outcome, String remedy) {

  /** What can be wrong. */
  public enum Kind {
    /** A row without its file. */
    MISSING("the server can ask the agent for it again; --repair marks it, or restores a copy"),
    /** A file whose bytes are not those of its row. */
    DAMAGED("--repair sets it aside and restores a copy, or lets the agent send it again"),
    /** A file that the disk does not give. */
    UNREADABLE("look at the disk and at the rights of the file"),
    /** A file marked as damaged that is intact. */
    MARKED("--repair takes the mark away"),
    /** A row that contradicts itself or its file, which is intact. */
    WRONG_ROW("--repair corrects the row"),
    /** A file with another time of change than its row. */
    WRONG_TIME("--repair gives it the time of its row"),
    /** A file without a row. */
    ORPHAN("--repair sets it aside, or puts it where it is missed"),
    /** Something in the store that is no file. */
    STRANGE("--repair sets it aside"),
    /** Bytes of a stored file that somebody outside the store has a name for. */
    LINKED_OUTSIDE("find the other name, for example with find -samefile, and remove it"),
    /** A path whose versions are not 1, 2, 3 and so on. */
    VERSION_GAP("rows are gone; bring the catalog back from a backup"),
    /** A file of the working area that belongs to no upload. */
    STRAY("the next start of the server deletes it; --repair sets it aside"),
    /** An upload whose bytes are gone. */
    UPLOAD_LOST("the agent sends it again; --repair forgets it"),
    /** A file that had its name and not its row when the server was killed. */
    LEFT_BY_CRASH("the next start of the server settles it, and --repair does");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }

    /** The word for programs, such as {@code wrong-row}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True when the bytes of a row are not to be had. */
    public boolean isLoss() {
      return this == MISSING || this == DAMAGED || this == UNREADABLE;
    }
  }

  /** What a repair did. */
  public enum Outcome {
    /** Nothing: it was not asked to, or cannot. */
    LEFT,
    /** It is lost here, and marked so that it comes again from its agent. */
    MARKED,
    /** All is well again. */
    MENDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(outcome, "outcome");
  }

  static Finding of(Kind kind, long file, String storedAs, String detail) {
    return new Finding(kind, file, storedAs, detail, Outcome.LEFT, kind.remedy);
  }

  Finding with(Outcome result, String done) {
    return new Finding(kind, file, storedAs, detail, result, done);
  }
}
