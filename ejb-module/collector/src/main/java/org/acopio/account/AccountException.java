package org.acopio.account;

import java.io.Serial;
import java.util.Objects;

/** What was asked of the accounts cannot be. Nothing was changed. */
public final class AccountException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;

  AccountException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Why; names are stable: REST tells them. */
  public enum Code {
    /** Not a name for an account. */
    BAD_NAME,
    /** There is an account of this name. */
    NAME_TAKEN,
    /** There are as many accounts as there may be. */
    TOO_MANY,
    /** There is no account of this name. */
    UNKNOWN,
    /** Nobody would be left who can administer the server. */
    LAST_ADMINISTRATOR,
    /** Too short, too long, or too simple. */
    BAD_PASSWORD,
    /** Not the password so far. */
    WRONG_PASSWORD
  }

  public Code code() {
    return code;
  }
}
