package org.acopio.library;

import java.util.List;
import java.util.Map;
import org.acopio.catalog.FileDetails;
import org.acopio.media.MediaKind;

/**
 * A part of what a search found, and figures of all of it. The figures are exact.
 *
 * @param files the files of this page, in the order asked for
 * @param matching how many files were found, beyond the page too
 * @param bytes how many bytes these have
 * @param kinds how many files of each kind there are when the search leaves the kind open
 * @param upTo the greatest number of a file that was looked at; to be given with the next page
 * @param forgotten how many files were not looked at: the oldest, when there are more than memory
 *     is set aside for
 */
public record FilePage(
    List<Found> files,
    long matching,
    long bytes,
    Map<MediaKind, Long> kinds,
    long upTo,
    long forgotten) {
  /** The most files that {@link Found#copies} counts. */
  public static final int MAX_COPIES = 1_000;

  public FilePage {
    files = List.copyOf(files);
    kinds = Map.copyOf(kinds);
  }

  /**
   * A file that was found.
   *
   * @param file all about it
   * @param copies how many files, itself and older versions included, have its content; at most
   *     {@value #MAX_COPIES}
   */
  public record Found(FileDetails file, int copies) {}
}
