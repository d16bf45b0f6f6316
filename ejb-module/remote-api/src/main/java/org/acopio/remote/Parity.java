package org.acopio.remote;

/** Whether an integer is even, in the words of the clients that ask. */
public enum Parity {
  EVEN("Par"),
  ODD("Impar");

  private final String word;

  Parity(String word) {
    this.word = word;
  }

  /** {@code Par} or {@code Impar}. */
  public String word() {
    return word;
  }
}
