package org.acopio.account;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What was asked of the accounts cannot be. Nothing was changed. */
public final class AccountException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;
  private final transient List<String> values;

  /**
   * @param message for people, in English
   * @param values what the message is about, as {@link Code} says
   */
  AccountException(Code code, String message, Object... values) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
    this.values = Arrays.stream(values).map(String::valueOf).toList();
  }

  /** Why, with the values that go with it; names are stable: REST tells them. */
  public enum Code {
    /** Not a name for an account: the name, the one that nobody can have. */
    BAD_NAME,
    /** There is an account of this name: the name. */
    NAME_TAKEN,
    /** There are as many accounts as there may be: how many. */
    TOO_MANY,
    /** There is no account of this name: the name. */
    UNKNOWN,
    /** Nobody would be left who can administer the server: the name. */
    LAST_ADMINISTRATOR,
    /**
     * Too short, too long, or too simple: the fewest characters, the most, the fewest different
     * ones.
     */
    BAD_PASSWORD,
    /** Not the password so far. */
    WRONG_PASSWORD
  }

  public Code code() {
    return code;
  }

  /** What it is about, for sentences in other languages; in the order of the {@link Code}. */
  public List<String> values() {
    return values;
  }
}
