package org.acopio.client.send;

import java.util.Optional;
import org.acopio.remote.EnrolmentCode;

/** The code by which a PC is enrolled, as somebody typed it: a secret. */
public final class Invitation {
  private final EnrolmentCode code;

  private Invitation(EnrolmentCode code) {
    this.code = code;
  }

  /** The invitation in a text; nothing when that is no code, or has a wrong character. */
  public static Optional<Invitation> parse(String text) {
    try {
      return Optional.of(new Invitation(EnrolmentCode.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  EnrolmentCode code() {
    return code;
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return code.toString();
  }
}
