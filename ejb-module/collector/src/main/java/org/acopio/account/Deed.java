package org.acopio.account;

import java.util.Objects;

/**
 * Something that a person did and that the audit log is to keep. Fired as a CDI event when it is
 * done; who it was and from where is added by the observer.
 *
 * @param code what, for programs: lower case words with dots, such as {@code session.close}
 * @param target to what, for people; may come from the network
 * @param result how it ended, a short word
 */
public record Deed(String code, String target, String result) {
  private static final String DONE = "done";

  public Deed {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(result, "result");
    if (!code.matches("[a-z]+([.-][a-z]+)*")) {
      throw new IllegalArgumentException(
          "'" + code + "' is no code: lower case words with dots, such as session.close");
    }
  }

  /** Something that was done. */
  public static Deed done(String code, String target) {
    return new Deed(code, target, DONE);
  }

  /** Something with a result of its own. */
  public static Deed of(String code, String target, String result) {
    return new Deed(code, target, result);
  }
}
