package org.acopio.storage;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The disk did not do what it was asked to. Nothing that had a receipt is touched. */
public final class StorageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  public StorageException(Reason reason, String message) {
    this(reason, message, null);
  }

  public StorageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Tells a full disk from a broken one. */
  static StorageException of(String doing, IOException cause) {
    if (DiskWords.sayFull(cause)) {
      return new StorageException(
          Reason.FULL, doing + ": the disk is full; make room on the server and try again", cause);
    }
    if (DiskWords.sayReadOnly(cause)) {
      return new StorageException(
          Reason.READ_ONLY,
          doing
              + ": the disk is mounted read-only; mount it for writing on the server and try again",
          cause);
    }
    return new StorageException(
        DiskWords.sayBroken(cause) ? Reason.BROKEN : Reason.FAILED, doing + ": " + cause, cause);
  }

  /** What kind of failure it was. */
  public enum Reason {
    /** No room: it may work later. */
    FULL,
    /** The disk takes nothing: it may work later. */
    READ_ONLY,
    /** The disk reports an error of its own: what was on its way is not to be trusted. */
    BROKEN,
    /** Something else failed: it may work later. */
    FAILED,
    /** Another process holds the store. */
    IN_USE,
    /** The store was made by a version that this one does not know. */
    UNKNOWN_FORMAT
  }

  public Reason reason() {
    return reason;
  }

  /** What the system said of the disk, in its own words; the message when it was not asked. */
  public String said() {
    Throwable cause = getCause();
    if (cause instanceof FileSystemException known) {
      // Some kinds, such as AccessDeniedException, have no words but their name.
      return known.getReason() == null
          ? known.getClass().getSimpleName() + ": " + known.getFile()
          : known.getReason();
    }
    return String.valueOf(cause == null ? getMessage() : cause.getMessage());
  }
}
