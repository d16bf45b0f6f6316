package org.acopio.launch;

import java.util.OptionalInt;

/**
 * What was asked of a new enrolment code.
 *
 * @param days for how many days it invites; as the server has it when empty
 * @param uses how many PCs may come with it; any number when empty
 */
record CodeOptions(OptionalInt days, OptionalInt uses) {
  static final CodeOptions NONE = new CodeOptions(OptionalInt.empty(), OptionalInt.empty());

  private static final int MOST_DAYS = 3_650;
  private static final int MOST_USES = 1_000_000;

  /** Reads what was typed; empty text was not. */
  static CodeOptions parse(String days, String uses) {
    return new CodeOptions(number("--days", days, MOST_DAYS), number("--uses", uses, MOST_USES));
  }

  private static OptionalInt number(String option, String typed, int most) {
    if (typed.isEmpty()) {
      return OptionalInt.empty();
    }
    if (typed.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(typed);
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    }
    throw new UsageException(option + " is " + typed + "; it is 1 to " + most + ".");
  }
}
