package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import org.acopio.remote.FilePath;

/**
 * A file that an agent said it has and that no file of the store proves.
 *
 * @param path where it is on its PC
 * @param size in bytes, as it was offered
 * @param modified when its content last changed, by the PC's clock
 * @param saidAt when it was offered last, by the server's clock
 * @param reason why, for programs; at most {@value #MAX_REASON} characters
 * @param detail why, for people, in English; cut to {@value #MAX_DETAIL} characters
 */
public record UnprovenFile(
    FilePath path, long size, Instant modified, Instant saidAt, String reason, String detail) {
  static final int MAX_REASON = 32;
  static final int MAX_DETAIL = 2_000;

  public UnprovenFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(saidAt, "saidAt");
    DisplayText.requireExact("reason", reason, MAX_REASON);
    detail = DisplayText.clean(detail, MAX_DETAIL);
  }
}
