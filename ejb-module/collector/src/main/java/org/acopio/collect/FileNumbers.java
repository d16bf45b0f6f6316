package org.acopio.collect;

import java.util.Arrays;

/**
 * A set of file numbers in eight bytes each: one array that grows. Repeats are thrown out when it
 * is full, so that who says the same again and again takes no memory. Not thread-safe.
 */
final class FileNumbers {
  private static final int FIRST = 16;

  private long[] numbers = new long[FIRST];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      distinct();
      if (size > numbers.length - numbers.length / 4) {
        numbers = Arrays.copyOf(numbers, numbers.length * 2);
      }
    }
    numbers[size++] = number;
  }

  void addAll(FileNumbers others) {
    for (int i = 0; i < others.size; i++) {
      add(others.numbers[i]);
    }
  }

  void clear() {
    numbers = new long[FIRST];
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Ascending, each once. */
  long[] toArray() {
    distinct();
    return Arrays.copyOf(numbers, size);
  }

  private void distinct() {
    Arrays.sort(numbers, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || numbers[kept - 1] != numbers[i]) {
        numbers[kept++] = numbers[i];
      }
    }
    size = kept;
  }
}
