package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** A test without root is skipped, and fails where root is required. */
class RootTest {
  private static final String KEY = "acopio.root";
  private final String before = System.getProperty(KEY, "");

  @AfterEach
  void restore() {
    System.setProperty(KEY, before);
  }

  @Test
  void whatWorkedGoesOn() {
    System.setProperty(KEY, "required");
    Root.needed(true, "no disk");
    assertEquals("a disk", Root.made(Optional.of("a disk"), "no disk"));
  }

  @Test
  void whatDidNotIsSkippedWithItsReason() {
    System.setProperty(KEY, "optional");
    TestAbortedException skipped =
        assertThrows(TestAbortedException.class, () -> Root.needed(false, "no disk"));
    assertTrue(skipped.getMessage().contains("no disk"), skipped::toString);
  }

  @Test
  void whatDidNotFailsWhereRootIsRequired() {
    System.setProperty(KEY, "required");
    AssertionFailedError failure =
        assertThrows(AssertionFailedError.class, () -> Root.made(Optional.empty(), "no disk"));
    assertTrue(failure.getMessage().contains("no disk"), failure::toString);
    assertTrue(failure.getMessage().contains("-Dacopio.root=optional"), failure::toString);
  }
}
