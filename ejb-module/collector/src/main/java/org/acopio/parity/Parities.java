package org.acopio.parity;

import java.util.ArrayList;
import java.util.List;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityException.Reason;
import org.acopio.remote.ParityService;

/**
 * The parity of integers. Total and pure: the last digit decides, so that a million digits cost one
 * look at each. Thread-safe.
 */
public final class Parities {
  private static final int SHOWN = 40;

  private Parities() {}

  /** The parity of any {@code long}. */
  public static Parity of(long n) {
    return (n & 1) == 0 ? Parity.EVEN : Parity.ODD;
  }

  /**
   * The parity of a decimal integer: an optional sign, then digits {@code 0} to {@code 9}.
   *
   * @throws ParityException {@code EMPTY}, {@code NOT_AN_INTEGER} or {@code TOO_LONG}
   */
  public static Parity of(String decimal) throws ParityException {
    int start = decimal.startsWith("-") || decimal.startsWith("+") ? 1 : 0;
    int digits = decimal.length() - start;
    if (digits == 0) {
      throw new ParityException(
          Reason.EMPTY, "'" + decimal + "' has no digit; write an integer such as 42 or -7");
    }
    if (digits > ParityService.MAX_DIGITS) {
      throw new ParityException(
          Reason.TOO_LONG,
          "the number has " + digits + " digits; up to " + ParityService.MAX_DIGITS + " are taken");
    }
    for (int i = start; i < decimal.length(); i++) {
      char digit = decimal.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new ParityException(
            Reason.NOT_AN_INTEGER,
            "'"
                + shown(decimal)
                + "' is not an integer: character "
                + (i + 1)
                + " is no digit; write one such"
                + " as 42 or -7");
      }
    }
    // The code of a digit is even exactly when the digit is: 0 is 48.
    return of((long) decimal.charAt(decimal.length() - 1));
  }

  /**
   * The parity of each, in order.
   *
   * @throws ParityException as {@link #of(String)}, naming the place; {@code TOO_MANY}
   */
  public static List<Parity> of(List<String> decimals) throws ParityException {
    checkCount(decimals.size());
    List<Parity> parities = new ArrayList<>(decimals.size());
    for (String decimal : decimals) {
      try {
        parities.add(of(decimal));
      } catch (ParityException e) {
        throw new ParityException(
            e.reason(), "number " + (parities.size() + 1) + ": " + e.getMessage());
      }
    }
    return parities;
  }

  /** Refuses batches over {@link ParityService#MAX_BATCH}. */
  public static void checkCount(int count) throws ParityException {
    if (count > ParityService.MAX_BATCH) {
      throw new ParityException(
          Reason.TOO_MANY,
          count + " numbers are in one call; up to " + ParityService.MAX_BATCH + " are taken");
    }
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
