package org.acopio.library;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.acopio.library.SearchException.Code;
import org.acopio.media.MediaKind;

/**
 * Which files are looked for; every condition must hold.
 *
 * @param text words that must all occur in the path, in any order, without regard to case and
 *     accents; between quotation marks they occur as they stand. At most {@value #MAX_TEXT}
 *     characters and {@value #MAX_WORDS} words; empty for any path
 * @param kinds of which the file is one; empty for any
 * @param client the address that it came from; empty for any
 * @param agent number of the agent that sent it
 * @param sizes its length in bytes
 * @param modified when it last changed on its PC, in seconds since 1970
 * @param stored when it was stored, in seconds since 1970
 * @param digest the first hexadecimal digits of its SHA-256, at most 64; empty for any
 * @param allVersions whether older versions are found too, not the newest of each path alone
 * @param onlyCopies whether only files are found whose content some other file has too
 * @param upTo greatest number of a file that is found; pages with the same one do not shift when
 *     files arrive
 */
public record FileSearch(
    String text,
    Set<MediaKind> kinds,
    String client,
    OptionalLong agent,
    LongRange sizes,
    LongRange modified,
    LongRange stored,
    String digest,
    boolean allVersions,
    boolean onlyCopies,
    long upTo) {
  /** The most characters of a text. */
  public static final int MAX_TEXT = 200;

  /** The most words of a text. */
  public static final int MAX_WORDS = 10;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{0,64}");

  /** The newest version of every file. */
  public static final FileSearch EVERYTHING = of("");

  public FileSearch {
    if (text.length() > MAX_TEXT) {
      throw new SearchException(
          Code.TEXT_TOO_LONG,
          "the text has %d characters; at most %d are looked for"
              .formatted(text.length(), MAX_TEXT),
          text.length(),
          MAX_TEXT);
    }
    int words = FoldedText.words(text).size();
    if (words > MAX_WORDS) {
      throw new SearchException(
          Code.TOO_MANY_WORDS,
          "the text has %d words; at most %d are looked for; put quotation marks around words that follow each other"
              .formatted(words, MAX_WORDS),
          words,
          MAX_WORDS);
    }
    kinds = Set.copyOf(kinds);
    client = client.strip();
    digest = digest.strip().toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(digest).matches()) {
      throw new SearchException(
          Code.NOT_A_DIGEST,
          "the digest is '%s'; it is the first 1 to 64 hexadecimal digits of a SHA-256"
              .formatted(digest),
          digest);
    }
  }

  /** The newest version of every file whose path has these words. */
  public static FileSearch of(String text) {
    return new FileSearch(
        text,
        Set.of(),
        "",
        OptionalLong.empty(),
        LongRange.ALL,
        LongRange.ALL,
        LongRange.ALL,
        "",
        false,
        false,
        Long.MAX_VALUE);
  }
}
