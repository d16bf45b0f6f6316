package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LineBudget budget = new LineBudget(2, nanos::get);

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void eachSecondHasItsLinesAndTellsHowManyWereTooMany() {
    assertTrue(budget.take());
    assertTrue(budget.take());
    assertFalse(budget.take());
    pass(999);
    assertEquals(0, budget.refused());
    assertFalse(budget.take());
    pass(1);
    assertEquals(2, budget.refused());
    assertEquals(0, budget.refused());
    assertTrue(budget.take());
    pass(5_000);
    assertEquals(0, budget.refused());
    assertTrue(budget.take());
    assertTrue(budget.take());
    assertFalse(budget.take());
  }
}
