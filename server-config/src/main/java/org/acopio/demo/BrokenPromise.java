package org.acopio.demo;

/** Something was not as the product promises; the message says what. */
final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPromise(String message) {
    super(message);
  }
}
