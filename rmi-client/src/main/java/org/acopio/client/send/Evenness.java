package org.acopio.client.send;

/** Whether an integer is even, as a server said. */
public enum Evenness {
  EVEN("Par"),
  ODD("Impar");

  private final String word;

  Evenness(String word) {
    this.word = word;
  }

  /** {@code Par} or {@code Impar}. */
  public String word() {
    return word;
  }
}
