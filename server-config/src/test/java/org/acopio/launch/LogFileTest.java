package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path temp;

  @Test
  void keepsTheNewestLinesAndAFixedNumberOfOlderFiles() throws IOException {
    Path newest = temp.resolve("server.log");
    LogFile log = new LogFile(newest, 1, 2);
    for (String message : List.of("one", "two", "three", "four")) {
      log.publish(new LogRecord(Level.INFO, message));
    }
    log.close();
    assertTrue(Files.readString(newest).contains("four"));
    assertTrue(Files.readString(temp.resolve("server.log.1")).contains("three"));
    assertTrue(Files.readString(temp.resolve("server.log.2")).contains("two"));
    assertFalse(Files.exists(temp.resolve("server.log.3")));
  }

  @Test
  void appendsToWhatAnEarlierRunLeft() throws IOException {
    Path newest = temp.resolve("server.log");
    for (String message : List.of("first run", "second run")) {
      LogFile log = new LogFile(newest, 1 << 20, 2);
      log.publish(new LogRecord(Level.INFO, message));
      log.close();
    }
    assertEquals(2, Files.readAllLines(newest).size());
  }
}
