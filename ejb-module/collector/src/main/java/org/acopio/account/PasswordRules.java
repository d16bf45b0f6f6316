package org.acopio.account;

import java.util.Locale;
import org.acopio.account.AccountException.Code;

/** What a password that a person chooses must be. Length is what makes it hard to guess. */
final class PasswordRules {
  static final int LEAST = 12;

  /** Longer than any that is typed; bounds what is hashed. */
  static final int MOST = 256;

  private static final int LEAST_DIFFERENT = 5;

  private PasswordRules() {}

  static void check(String name, String password) throws AccountException {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST || password.length() > MOST) {
      throw new AccountException(
          Code.BAD_PASSWORD,
          "the password has %d characters; it has %d to %d".formatted(length, LEAST, MOST),
          LEAST,
          MOST,
          LEAST_DIFFERENT);
    }
    if (password.chars().distinct().count() < LEAST_DIFFERENT
        || password.toLowerCase(Locale.ROOT).contains(name)) {
      throw new AccountException(
          Code.BAD_PASSWORD,
          "the password has the name in it, or fewer than %d different characters; choose several words"
              .formatted(LEAST_DIFFERENT),
          LEAST,
          MOST,
          LEAST_DIFFERENT);
    }
  }
}
