package org.acopio.client.scan;

import java.io.Serial;
import java.nio.file.Path;
import java.util.Objects;

/** The journal's directory cannot be used; nothing was changed in it. */
public final class JournalException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient Path directory;
  private final String detail;

  JournalException(Kind kind, Path directory, String detail, Throwable cause) {
    super(kind + " " + directory + ": " + detail, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.directory = Objects.requireNonNull(directory, "directory");
    this.detail = Objects.requireNonNull(detail, "detail");
  }

  /** Why it cannot be used. */
  public enum Kind {
    /** Another process uses it; the detail names that. */
    IN_USE,
    /** It cannot be created, read or written; the detail has the system's words. */
    UNUSABLE
  }

  public Kind kind() {
    return kind;
  }

  /** The journal's directory. */
  public Path directory() {
    return directory;
  }

  /** What the system said, or which process it is. */
  public String detail() {
    return detail;
  }
}
