package org.acopio.collect;

/**
 * What came in a span of time.
 *
 * @param bytes of accepted blocks, repeats included
 * @param files that got a receipt
 */
public record Flow(long bytes, long files) {
  static final Flow NONE = new Flow(0, 0);

  Flow plus(Flow other) {
    return new Flow(bytes + other.bytes, files + other.files);
  }
}
