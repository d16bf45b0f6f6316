package org.acopio.media;

/**
 * The bytes of one file, for as long as it takes to tell its type. Asked twice at most, and the
 * second time only for a file that the first bytes do not decide.
 *
 * @param <E> how reading fails
 */
public interface Content<E extends Exception> {
  /**
   * The first bytes of the file: {@code length} of them, or all when it has fewer. More may be
   * given; they are not looked at.
   */
  byte[] first(int length) throws E;
}
