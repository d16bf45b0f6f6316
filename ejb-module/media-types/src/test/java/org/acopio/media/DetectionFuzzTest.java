package org.acopio.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;

/** Whatever a file holds and whatever its name is: a type that is collected, or none. */
class DetectionFuzzTest {
  /** The name is what stands before the first zero byte. */
  @FuzzTest
  void verdictDependsOnTheFirstBytesAndTheNameAlone(byte[] bytes) {
    int zero = 0;
    while (zero < bytes.length && bytes[zero] != 0) {
      zero++;
    }
    byte[] name = Arrays.copyOf(bytes, zero);
    byte[] content = Arrays.copyOfRange(bytes, Math.min(zero + 1, bytes.length), bytes.length);

    Optional<String> type = detect(content, name);

    type.ifPresent(
        one -> {
          assertTrue(MediaKind.of(one).isPresent(), () -> one + " is of no kind");
          assertTrue(one.length() <= 127 && one.chars().allMatch(c -> c > 32 && c < 127), one);
        });
    assertEquals(type, detect(content, name), "the same every time");
    byte[] longer = Arrays.copyOf(content, content.length + 64);
    if (content.length >= MediaDetector.MOST_BYTES) {
      assertEquals(type, detect(longer, name), "what comes later does not count");
    }
  }

  private static Optional<String> detect(byte[] content, byte[] name) {
    return MediaDetector.detect(
        new Content<RuntimeException>() {
          @Override
          public byte[] first(int length) {
            assertTrue(length <= MediaDetector.MOST_BYTES, "bounded");
            return Arrays.copyOf(content, Math.min(length, content.length));
          }
        },
        name);
  }
}
