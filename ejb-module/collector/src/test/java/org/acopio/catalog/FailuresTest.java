package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  /** As H2 reports it from {@code CHECKPOINT SYNC}. */
  @Test
  void fileThatAnInterruptClosedIsAnOutage() {
    SQLException general = new SQLException("General error", "HY000", 50_000);
    assertFalse(Failures.isOutage(general));
    general.initCause(new IllegalStateException(new ClosedByInterruptException()));
    assertTrue(Failures.isOutage(new IllegalStateException(general)));
  }
}
