package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Something that the person should know of.
 *
 * @param kind for programs, and to choose the words
 * @param path what it is about
 * @param detail the other path of a link, or the system's own words; empty when there is none
 */
public record Notice(Kind kind, Path path, String detail) {
  public Notice {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(detail, "detail");
  }

  static Notice unreadableDirectory(Path directory, IOException e) {
    return unreadable(Kind.UNREADABLE_DIRECTORY, Kind.DENIED_DIRECTORY, directory, e);
  }

  static Notice unreadableFile(Path file, IOException e) {
    return unreadable(Kind.UNREADABLE_FILE, Kind.DENIED_FILE, file, e);
  }

  private static Notice unreadable(Kind unreadable, Kind denied, Path path, IOException e) {
    return new Notice(
        e instanceof AccessDeniedException ? denied : unreadable, path, IoReason.of(e));
  }

  /** What there is to say. */
  public enum Kind {
    /** A directory could not be listed; what is in it is missing. */
    UNREADABLE_DIRECTORY(true),
    /** A file could not be read to see what it is. */
    UNREADABLE_FILE(true),
    /** This user may not list a directory; what is in it is missing. */
    DENIED_DIRECTORY(true),
    /** This user may not read a file. */
    DENIED_FILE(true),
    /** A directory lies within itself, and was not entered again. */
    LOOP(true),
    /** A root is a link; what it points to was scanned. The detail names that. */
    ROOT_IS_LINK(false),
    /** A directory is a store of collected files, and was left out. */
    STORE(false),
    /** The journal could not be used; the detail names the copy that was set aside. */
    JOURNAL_DAMAGED(false),
    /** The agent's key could not be used, and a new one was made; the detail names the old one. */
    KEY_DAMAGED(false),
    /** The journal could not be written; the next run reads again what this one read. */
    JOURNAL_NOT_WRITTEN(false),
    /** Another PC goes on with this agent's identity, and this PC got its own. */
    IDENTITY_CLONED(false),
    /** The server wanted a new key, and has it. Nothing for a person to do. */
    IDENTITY_REKEYED(false),
    /** The identity could not be written; the server takes the one before. */
    IDENTITY_NOT_WRITTEN(false);

    private final boolean problem;

    Kind(boolean problem) {
      this.problem = problem;
    }

    /** True when files may be missing from the list because of it. */
    public boolean problem() {
      return problem;
    }
  }
}
