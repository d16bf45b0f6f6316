package org.acopio.session;

import java.util.Locale;

/** Where a session is in its life. It only ever goes forward. */
public enum SessionState {
  /** Connected. */
  OPEN,
  /** Asked to close; what was written is still being sent. */
  CLOSING,
  /** Over, and no longer in the registry. */
  ENDED;

  /** The name for people and programs, such as {@code open}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
