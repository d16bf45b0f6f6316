package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void theInnermostMessageIsTheReason() {
    Exception reason = new IllegalStateException("the store has format 9");
    Exception wrapped = new RuntimeException("outer", new Exception("middle", reason));
    assertEquals("the store has format 9", Failure.message(wrapped));
  }

  @Test
  void anExceptionWithoutAnyMessageIsNamed() {
    assertEquals("java.lang.StackOverflowError", Failure.message(new StackOverflowError()));
  }

  @Test
  void aCircleOfCausesEnds() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    assertEquals("second", Failure.message(first));
  }
}
