package org.acopio.account;

import java.time.Duration;

/** What became of a try to log in. */
public sealed interface Login {
  /** The name and the password are right. */
  record Welcome(Account account) implements Login {}

  /** Name or password is wrong; which of the two is not told. */
  record Wrong() implements Login {}

  /**
   * There were too many failures; nothing was looked at.
   *
   * @param left until another try is looked at, whole seconds, at least 1
   */
  record Wait(Duration left) implements Login {}

  /** The password is right, but an administrator has locked the account. */
  record Locked() implements Login {}

  /** So many people try at once that this one was not looked at. */
  record Busy() implements Login {}
}
