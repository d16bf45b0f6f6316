package org.acopio.library;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text without what a search does not regard: case, accents, and which slash it is. */
final class FoldedText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"?|[^\\s\"]+");

  private FoldedText() {}

  static byte[] of(String text) {
    return fold(text).getBytes(StandardCharsets.UTF_8);
  }

  /** The words of a search, folded; what stands between quotation marks is one. */
  static List<byte[]> words(String text) {
    List<byte[]> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      byte[] folded = of(word.group(1) == null ? word.group() : word.group(1));
      if (folded.length > 0) {
        words.add(folded);
      }
    }
    return words;
  }

  private static String fold(String text) {
    String plain =
        isAscii(text)
            ? text
            : MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    // To capitals first: that makes one of the letters that have several small forms, and SS of ß,
    // which the capital ẞ is not before it is made small.
    String capital = plain.replace('ẞ', 'ß').toUpperCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(capital.length());
    for (int i = 0; i < capital.length(); i++) {
      char c = capital.charAt(i);
      folded.append(c == '\\' ? '/' : Character.toLowerCase(c));
    }
    return folded.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
