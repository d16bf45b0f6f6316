package org.acopio.client.command;

import java.util.Optional;

/**
 * An integer of any length, as its decimal digits: nothing here needs its value, which would take
 * time that grows with the square of its length.
 */
final class DecimalInteger {
  /** What a server takes. */
  private static final int MAX_DIGITS = 1_000_000;

  private static final int ENOUGH_DIGITS = 18;

  private final boolean negative;
  private final String digits;

  private DecimalInteger(boolean negative, String digits) {
    this.negative = negative;
    this.digits = digits;
  }

  /** The integer that {@code text} is, white space around it ignored; nothing when it is none. */
  static Optional<DecimalInteger> parse(String text) {
    String number = text.strip();
    boolean signed = number.startsWith("-") || number.startsWith("+");
    int start = signed ? 1 : 0;
    if (start == number.length()) {
      return Optional.empty();
    }
    for (int i = start; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    while (start < number.length() - 1 && number.charAt(start) == '0') {
      start++;
    }
    String digits = number.substring(start);
    return Optional.of(new DecimalInteger(number.startsWith("-") && !digits.equals("0"), digits));
  }

  boolean isNegative() {
    return negative;
  }

  boolean isZero() {
    return digits.equals("0");
  }

  /** The number itself or, when a server would not take one so long, one that ends like it. */
  String sameParity() {
    return digits.length() <= MAX_DIGITS
        ? toString()
        : (negative ? "-" : "") + digits.substring(digits.length() - ENOUGH_DIGITS);
  }

  /** Without a plus sign and leading zeros. */
  @Override
  public String toString() {
    return negative ? "-" + digits : digits;
  }
}
