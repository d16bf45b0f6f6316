package org.acopio.thumbnail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Whatever a worker says that a file has taken over: an outcome, or a failure of the pipe. */
class FramesFuzzTest {
  @FuzzTest
  void outcomeIsReadOrRefused(byte[] bytes) throws IOException {
    Outcome outcome;
    try {
      outcome = Frames.readOutcome(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      return;
    }
    if (outcome instanceof Outcome.Details details) {
      details.facts().values().forEach(text -> assertTrue(text.length() <= PlainText.MAX, text));
    }
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    Frames.write(outcome, once);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    Frames.write(Frames.readOutcome(new ByteArrayInputStream(once.toByteArray())), twice);
    assertArrayEquals(once.toByteArray(), twice.toByteArray());
  }

  @FuzzTest
  void requestIsReadOrRefused(byte[] bytes) throws IOException {
    Request request;
    try {
      request = Frames.readRequest(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Frames.write(request, out);
    assertTrue(request.equals(Frames.readRequest(new ByteArrayInputStream(out.toByteArray()))));
  }
}
