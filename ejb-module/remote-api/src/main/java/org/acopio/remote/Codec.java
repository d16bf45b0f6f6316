package org.acopio.remote;

/** How one element of a batch is written and read. Reading checks everything it takes. */
interface Codec<T> {
  void write(T item, WireWriter out);

  /**
   * Reads one element. Bytes that it leaves unread belong to a later version and are skipped.
   *
   * @throws IllegalArgumentException when the bytes are not such an element
   */
  T read(WireReader in);
}
