package org.acopio.web.xmlrpc;

import java.util.Base64;
import java.util.regex.Pattern;

/** Values from the text between their tags. */
final class Scalars {
  private static final int MOST_DATE_CHARACTERS = 40;
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-?\\d\\d-?\\d\\dT\\d\\d:?\\d\\d:?\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d{1,9})?");

  private Scalars() {}

  static Value.Whole whole(String type, String text, long least, long most) throws Fault {
    String digits = integer(type, text);
    try {
      long value = Long.parseLong(digits);
      if (value >= least && value <= most) {
        return new Value.Whole(value);
      }
    } catch (NumberFormatException e) {
      // More than 64 bits: said below, together with those that are too large for their type.
    }
    throw wrong(
        type, text, "from " + least + " to " + most + "; use i8 or ex:biginteger for larger ones");
  }

  static Value.BigWhole bigWhole(String type, String text) throws Fault {
    return new Value.BigWhole(integer(type, text));
  }

  static Value.Bool bool(String type, String text) throws Fault {
    return switch (text.strip()) {
      case "1" -> new Value.Bool(true);
      case "0" -> new Value.Bool(false);
      default -> throw wrong(type, text, "0 or 1");
    };
  }

  static Value.Real real(String type, String text) throws Fault {
    double value = Double.parseDouble(decimal(type, text));
    if (Double.isInfinite(value)) {
      throw wrong(type, text, "at most 1.8e308");
    }
    return new Value.Real(value);
  }

  static Value.BigReal bigReal(String type, String text) throws Fault {
    return new Value.BigReal(decimal(type, text));
  }

  static Value.DateTime dateTime(String type, String text) throws Fault {
    String date = text.strip();
    if (date.length() > MOST_DATE_CHARACTERS || !DATE_TIME.matcher(date).matches()) {
      throw wrong(type, text, "a day and a time such as 19980717T14:08:55");
    }
    return new Value.DateTime(date);
  }

  /** Lines may be broken anywhere (RFC 2045), other foreign characters may not be there. */
  static Value.Binary binary(String type, String text) throws Fault {
    try {
      return new Value.Binary(Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]+", "")));
    } catch (IllegalArgumentException e) {
      throw wrong(type, text, "base64 (" + e.getMessage() + ")");
    }
  }

  private static String decimal(String type, String text) throws Fault {
    String digits = number(type, text);
    if (!REAL.matcher(digits).matches()) {
      throw wrong(type, text, "a decimal number such as -12.214");
    }
    return digits;
  }

  private static String integer(String type, String text) throws Fault {
    String digits = number(type, text);
    if (!isInteger(digits)) {
      throw wrong(type, text, "digits with an optional sign, such as -42");
    }
    return digits;
  }

  private static String number(String type, String text) throws Fault {
    String digits = text.strip();
    if (digits.length() > Limits.DIGITS) {
      throw new Fault(
          FaultCode.NOT_A_CALL,
          "<"
              + type
              + "> has "
              + digits.length()
              + " characters; numbers of up to "
              + Limits.DIGITS
              + " are taken");
    }
    return digits;
  }

  private static boolean isInteger(String digits) {
    int start = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    return digits.length() > start
        && digits.chars().skip(start).allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static Fault wrong(String type, String text, String expected) {
    return new Fault(
        FaultCode.NOT_A_CALL,
        "<" + type + "> is '" + Fault.shown(text) + "'; it must be " + expected);
  }
}
