package org.acopio.library;

/** Folded names as people sort them: bytes by value, but a run of digits by the number it is. */
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo && j < bTo) {
      if (isDigit(a[i]) && isDigit(b[j])) {
        int iEnd = digitsEnd(a, i, aTo);
        int jEnd = digitsEnd(b, j, bTo);
        int numbers = compareNumbers(a, i, iEnd, b, j, jEnd);
        if (numbers != 0) {
          return numbers;
        }
        i = iEnd;
        j = jEnd;
      } else if (a[i] != b[j]) {
        return Byte.toUnsignedInt(a[i]) - Byte.toUnsignedInt(b[j]);
      } else {
        i++;
        j++;
      }
    }
    return Integer.compare(aTo - i, bTo - j);
  }

  private static int compareNumbers(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = skipZeros(a, aFrom, aTo);
    int j = skipZeros(b, bFrom, bTo);
    int lengths = Integer.compare(aTo - i, bTo - j);
    for (; lengths == 0 && i < aTo; i++, j++) {
      if (a[i] != b[j]) {
        return a[i] - b[j];
      }
    }
    return lengths;
  }

  private static int skipZeros(byte[] text, int from, int to) {
    int i = from;
    while (i < to && text[i] == '0') {
      i++;
    }
    return i;
  }

  private static int digitsEnd(byte[] text, int from, int to) {
    int i = from;
    while (i < to && isDigit(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
